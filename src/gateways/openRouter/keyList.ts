import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import { parseRows } from '../envelope.ts';
import { lenient, wireFlag, wireNumber, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { parseAccountKeys } from '../parseAccountKeys.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';
import { leftOf, wireCap } from './limits.ts';
import { requestJson } from './request.ts';

const PAGE_SIZE = 100;
/** The most pages of one check: more would leave no room for others. */
const MAX_PAGES = 10;
/** Hashes that may be put into a path. */
const HASH = /^[0-9a-f]{16,128}$/i;

const text = lenient(v.string());

const rowSchema = v.object({
  hash: text,
  name: text,
  disabled: lenient(wireFlag),
  limit: wireCap,
  limit_remaining: lenient(wireNumber),
  usage: lenient(wireUsed),
  expires_at: v.optional(v.unknown()),
});

/** `GET /api/v1/keys`: the keys of the account's default workspace, a hundred a page. */
export async function readKeyList(
  context: GatewayContext,
): Promise<Pick<Reading, 'accountKeys' | 'accountKeysMissing'>> {
  const rows = new Map<string, unknown>();
  let isWhole = false;
  for (let page = 0; page < MAX_PAGES && !isWhole; page++) {
    const found = await readPage(context, page);
    if (!found) break;
    const before = rows.size;
    for (const row of found) rows.set(identityOf(row), row);
    // A page that brings nothing new is the last one again.
    isWhole = found.length < PAGE_SIZE || rows.size === before;
  }
  const now = context.now();
  const list = parseAccountKeys([...rows.values()], row => accountKeyOf(row, now));
  return isWhole || list.accountKeysMissing ? list : { ...list, accountKeysMissing: {} };
}

/** Undefined for a later page for which there is no room. */
async function readPage(context: GatewayContext, page: number): Promise<readonly unknown[] | undefined> {
  try {
    const query = { offset: page * PAGE_SIZE, include_disabled: 'true' };
    const json = await requestJson(context, { path: '/api/v1/keys', query, limiter: 'management' });
    return parseRows(json.data === undefined ? json : json.data);
  } catch (error) {
    const isLater = page > 0 && error instanceof GatewayError && error.failure.reason === 'own-budget';
    if (!isLater) throw error;
    return undefined;
  }
}

function identityOf(row: unknown): string {
  const parsed = v.safeParse(rowSchema, row);
  return (parsed.success ? parsed.output.hash : undefined) ?? JSON.stringify(row);
}

/**
 * `GET /api/v1/keys/{hash}`: one key. See `Gateway.readAccountKey`.
 * @throws GatewayError `refused-request` for an id that cannot be in a path, `missing-figures` for another key.
 */
export async function readAccountKey(context: GatewayContext, id: string): Promise<AccountKey> {
  if (!HASH.test(id)) throw failed('unexpected', 'refused-request', { status: 404 });
  const { data } = await requestJson(context, { path: `/api/v1/keys/${id}`, limiter: 'management' });
  const [key] = accountKeyOf(data, context.now());
  if (key?.id !== id) throw failed('unexpected', 'missing-figures');
  return key;
}

function accountKeyOf(wire: unknown, now: number): AccountKey[] {
  const parsed = v.safeParse(rowSchema, wire);
  if (!parsed.success) return [];
  const { hash, name, disabled, limit, limit_remaining: left, usage: used } = parsed.output;
  const expiresAt = parsed.output.expires_at === null ? null : normalizeTime(parsed.output.expires_at);
  // Without any of these it is no key.
  if (hash === undefined && name === undefined && used === undefined) return [];
  const remaining = typeof limit === 'number' ? leftOf(limit, left) : undefined;
  return [
    {
      id: hash !== undefined && HASH.test(hash) ? hash : undefined,
      name: sanitizeText(name ?? '', 100),
      enabled: disabled === undefined ? undefined : !disabled,
      status: statusOf(disabled, expiresAt, remaining, now),
      unlimited: limit === undefined ? undefined : limit === null,
      used,
      remaining,
      expiresAt,
    },
  ];
}

function statusOf(
  disabled: boolean | undefined,
  expiresAt: string | null | undefined,
  remaining: number | undefined,
  now: number,
): AccountKey['status'] {
  if (disabled) return 'disabled';
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= now) return 'expired';
  return remaining !== undefined && remaining <= 0 ? 'exhausted' : undefined;
}
