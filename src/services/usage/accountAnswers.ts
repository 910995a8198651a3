import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, ROUNDING } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { hasAbility } from '../../gateways/credentialSpec.ts';
import type { KeyInAccount, KeyUsage } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { takeInSpend } from '../ledger/takeInSpend.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { certainSpend } from './plausibility.ts';

interface AccountAnswersParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock: Pick<Clock, 'now'>;
}

interface AccountAnswersOptions {
  readonly signal?: AbortSignal;
  readonly beyondBudget?: boolean;
}

/** What a key spent, by the log of its account; undefined for a key that has to be asked itself. */
export type AccountAnswers = (key: KeyRecord) => Promise<Usage | undefined>;

/** Readings may show more spend than the log by this part: requests are estimated when they begin. */
const ESTIMATES = 0.1;

/**
 * Answers a question about a range for keys that are read from the list of an account: the account is asked once for all
 * of them that the question is about, when the first of them has its turn.
 */
export function accountAnswers(
  { store, keyRequests, clock }: AccountAnswersParts,
  keys: readonly KeyRecord[],
  range: Range,
  { signal, beyondBudget }: AccountAnswersOptions,
): AccountAnswers {
  const answersOf = new Map<string, Promise<readonly KeyUsage[]>>();
  const ask = async (account: KeyRecord): Promise<readonly KeyUsage[]> => {
    const listed = keys.filter(key => accountOf(store, key)?.id === account.id);
    const told: SpendRecords[] = [];
    try {
      const answers = await keyRequests.run(
        account,
        'rangeByAccount',
        async (gateway, context) =>
          (await gateway.readKeysUsage?.(context, range, keysInAccount(store, account, listed))) ?? [],
        signal,
        { beyondBudget, recordSpend: records => told.push(records) },
      );
      await takeInSpend(store, account, told, clock.now());
      return answers;
    } catch (error) {
      if (error instanceof GatewayError) return [];
      throw error;
    }
  };
  return async key => {
    const account = accountOf(store, key);
    if (!account) return undefined;
    const answers = answersOf.get(account.id) ?? ask(account);
    answersOf.set(account.id, answers);
    const answer = (await answers).find(({ keyId }) => keyId === key.id);
    if (!answer || !isPlausible(store, key, answer, range)) return undefined;
    await takeInSpend(store, key, [answer.records], clock.now());
    return answer.usage;
  };
}

/** The account whose list a key is read from, where its log can be read for keys. */
function accountOf(store: Store, { id }: KeyRecord): KeyRecord | undefined {
  const { readFrom } = store.states.stateOf(id) ?? {};
  const account = readFrom === undefined ? undefined : store.keys.findKey(readFrom);
  const gateway = account && gatewayOf(account.kind);
  return account && gateway?.readKeysUsage && hasAbility(gateway, account.credential, 'rangeByAccount')
    ? account
    : undefined;
}

/** What the account calls the keys. A name tells only where the whole list has it once. */
function keysInAccount(
  store: Store,
  account: KeyRecord,
  keys: readonly KeyRecord[],
): readonly KeyInAccount[] {
  const { accountKeys = [], accountKeysMissing } = store.states.stateOf(account.id)?.reading ?? {};
  return keys.map(({ id }) => {
    const { reading, memory } = store.states.stateOf(id) ?? {};
    const [listed, ...others] = accountKeys.filter(({ name }) => name !== '' && name === reading?.name);
    const isOnly = listed !== undefined && others.length === 0 && accountKeysMissing === undefined;
    return {
      keyId: id,
      listedId: memory?.listedId,
      name: isOnly ? (listed.trueName ?? listed.name) : undefined,
    };
  });
}

/**
 * Whether rows that have a key's name can be those of this key: another one may have had the name before, and this one
 * another name. Its own figures contradict that where it spent less in its life, or more in the range.
 */
function isPlausible(store: Store, { id }: KeyRecord, { usage, isByName }: KeyUsage, range: Range): boolean {
  const { reading } = store.states.stateOf(id) ?? {};
  if (!isByName || !usage.total || !reading || !isSameUnit(reading.unit, usage.unit)) return true;
  const { used } = usage.total;
  // One API does not count the use of keys without a limit.
  const ever = reading.quota?.unlimited ? undefined : reading.quota?.used;
  if ((ever ?? used) < used - ROUNDING) return false;
  return certainSpend(store, id, usage.unit, range) * (1 - ESTIMATES) <= used + ROUNDING;
}
