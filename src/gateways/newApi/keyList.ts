import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { AccountKey, Counted, CountedReading, ListedKey } from '../../core/quota/reading.ts';
import type { Scale } from '../../core/quota/unit.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { MAX_ACCOUNT_KEYS } from '../parseAccountKeys.ts';
import { requestAccount } from './accountRequest.ts';
import { accountKeyOf, type ListedToken, parseListedToken } from './listedToken.ts';
import { type ListPage, MIN_FULL_PAGE, pageQuery, parseListPage } from './listPage.ts';
import { countedQuota } from './tokenUsage.ts';

const PAGE_SIZE = 100;
/** The most pages: more would exceed the request budget. */
const MAX_PAGES = MAX_ACCOUNT_KEYS / PAGE_SIZE;

/** A row of the list that may be one or several of our own keys. */
interface OwnRow extends Omit<ListedKey, 'keyId'> {
  readonly keyIds: readonly string[];
}

/** Called with each key and the row that it was read from. */
type SeeRow = (key: AccountKey, row: ListedToken) => void;

type KeyList = Pick<CountedReading, 'accountKeys' | 'accountKeysMissing' | 'listedKeys'>;

/**
 * All keys of an account: `GET /api/token/`. New API (0.9.25 and later) and one-hub: `data.items`,
 * `data.total`, pages from 1; older New API and One API: `data` is a bare array, pages from 0 (in some forks
 * from 1). A page without a new key ends the list, whatever the total says; what is missing then is in
 * `accountKeysMissing`.
 * @throws GatewayError where the first page, or not a single key, can be read.
 */
export async function readKeyList(
  context: GatewayContext,
  scale: Scale,
  see: SeeRow = () => undefined,
): Promise<KeyList> {
  const list = new KeyListCollector(scale, context, see);
  const first = await requestPage(context, 1);
  if (!first.isBare) {
    list.addPage(first);
    let page = first;
    for (let number = 2; list.needsNextPage(page); number++) {
      const next = await list.nextPage(context, number);
      if (next === undefined || !list.addPage(next)) break;
      page = next;
    }
    return list.result();
  }
  // Page 0 is the first of old versions; where pages count from 1 it has nothing new.
  const pageZero = await requestPageZero(context, first);
  if (pageZero) list.addPage(pageZero);
  else list.markIncomplete();
  list.addPage(first);
  if (first.rows.length === 0) return list.result();
  for (let number = 2; ; number++) {
    const page = await list.nextPage(context, number);
    if (page === undefined || !list.addPage(page)) return list.result();
  }
}

async function requestPage(context: GatewayContext, page: number): Promise<ListPage> {
  const { data, payload } = await requestAccount(context, '/api/token/', pageQuery(page, PAGE_SIZE));
  return parseListPage(data, payload);
}

/**
 * Requests page 0, which a fork with pages from 1 may refuse. Undefined where it is refused with HTTP 200 in
 * the form of any trouble: there may be a page after all.
 */
async function requestPageZero(context: GatewayContext, first: ListPage): Promise<ListPage | undefined> {
  try {
    return await requestPage(context, 0);
  } catch (error) {
    if (!(error instanceof GatewayError) || first.rows.length === 0) throw error;
    const { class: failureClass, reason, status } = error.failure;
    // A list that cannot be read is no refusal.
    if (reason === 'missing-figures') return undefined;
    if (failureClass === 'unexpected') return { rows: [], isBare: true };
    if (reason !== 'unknown-refusal' || status !== 200) throw error;
    return undefined;
  }
}

/** Collects keys page by page, each once. */
class KeyListCollector {
  readonly #scale: Scale;
  readonly #context: GatewayContext;
  readonly #now: number;
  readonly #ownRows: OwnRow[] = [];
  readonly #keys = new Map<string, AccountKey>();
  readonly #unreadable = new Set<string>();
  #total: number | undefined;
  #pages = 1;
  #isIncomplete = false;
  readonly #see: SeeRow;

  constructor(scale: Scale, context: GatewayContext, see: SeeRow) {
    this.#scale = scale;
    this.#context = context;
    this.#see = see;
    this.#now = context.now();
  }

  /** Marks the list as incomplete. */
  markIncomplete(): void {
    this.#isIncomplete = true;
  }

  /** Adds a page. Returns whether any of its rows is new. */
  addPage({ rows, total }: ListPage): boolean {
    if (total !== undefined) this.#total = Math.max(total, this.#total ?? 0);
    const before = this.#rowCount;
    for (const row of rows) {
      if (this.#rowCount >= MAX_ACCOUNT_KEYS) {
        this.#isIncomplete = true;
        break;
      }
      const token = parseListedToken(row);
      if (!token) this.#unreadable.add(JSON.stringify(row));
      else {
        const identity = token.id > 0 ? String(token.id) : JSON.stringify(row);
        if (!this.#keys.has(identity)) this.#addKey(identity, token);
      }
    }
    return this.#rowCount > before;
  }

  #addKey(identity: string, token: ListedToken): void {
    const listed = accountKeyOf(token, this.#scale, this.#now);
    this.#keys.set(identity, listed);
    this.#see(listed, token);
    const keyIds = this.#context.ownKeysLike?.(token.key ?? '') ?? [];
    if (keyIds.length === 0) return;
    const listedId = token.id > 0 ? token.id : undefined;
    this.#ownRows.push({ keyIds, listedId, listed, counted: this.#countedAmounts(token) });
  }

  /** The same raw numbers that the key's own endpoint tells (`readTokenUsage`), so that its history goes on. */
  #countedAmounts({ used_quota, remain_quota }: ListedToken): Counted {
    return countedQuota({ used: used_quota, remaining: remain_quota }, this.#scale, this.#context.site);
  }

  /** Whether there may be a next page: the total of some gateways counts only the rows of the page. */
  needsNextPage({ rows, size }: ListPage): boolean {
    if (rows.length === 0) return false;
    if (this.#total === undefined || this.#rowCount < this.#total) return true;
    if (this.#total > rows.length) return false;
    return rows.length >= Math.min(size ?? MIN_FULL_PAGE, PAGE_SIZE) || rows.length % MIN_FULL_PAGE === 0;
  }

  /**
   * A page by its number; undefined beyond the limits, where it cannot be read, and when the request budget
   * is used up.
   */
  async nextPage(context: GatewayContext, number: number): Promise<ListPage | undefined> {
    this.#pages += 1;
    try {
      if (this.#pages <= MAX_PAGES && this.#rowCount < MAX_ACCOUNT_KEYS)
        return await requestPage(context, number);
    } catch (error) {
      const endsList =
        error instanceof GatewayError &&
        (error.failure.reason === 'own-budget' || error.failure.class === 'unexpected');
      if (!endsList) throw error;
    }
    this.#isIncomplete = true;
    return undefined;
  }

  result(): KeyList {
    const accountKeys = [...this.#keys.values()];
    const total = this.#total === undefined ? undefined : Math.max(this.#total, this.#rowCount);
    const isWhole = !this.#isIncomplete && this.#unreadable.size === 0 && (total ?? 0) <= accountKeys.length;
    if (isWhole)
      return this.#context.ownKeysLike
        ? { accountKeys, listedKeys: certainOf(this.#ownRows) }
        : { accountKeys };
    // None of the keys could be read, which does not mean that there are none.
    if (accountKeys.length === 0) throw failed('unexpected', 'missing-figures');
    return {
      accountKeys,
      accountKeysMissing: { total: this.#isIncomplete ? this.#total : (total ?? this.#rowCount) },
    };
  }

  get #rowCount(): number {
    return this.#keys.size + this.#unreadable.size;
  }
}

/** The rows that are one key of ours and no other, where no other row may be it too. */
function certainOf(rows: readonly OwnRow[]): readonly ListedKey[] {
  const fits = new Map<string, number>();
  for (const keyId of rows.flatMap(({ keyIds }) => keyIds)) fits.set(keyId, (fits.get(keyId) ?? 0) + 1);
  return rows.flatMap(({ keyIds: [keyId, ...others], ...row }) =>
    keyId !== undefined && others.length === 0 && fits.get(keyId) === 1 ? [{ keyId, ...row }] : [],
  );
}
