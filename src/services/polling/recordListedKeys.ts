import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, isLasting } from '../../core/quota/failure.ts';
import { missedAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyMemory } from '../../core/quota/keyMemory.ts';
import { isSameKey, listedReading } from '../../core/quota/listedReading.ts';
import type { AccountKey, Counted, ListedKey, Reading } from '../../core/quota/reading.ts';
import { statusOf } from '../../core/quota/status.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { type FoundKey, keysToAsk } from './askAboutList.ts';
import { changeAt } from './changeAt.ts';
import type { Outcome } from './check.ts';
import { appendToHistory, unchangedSince } from './recordReading.ts';

interface ListedKeysParts {
  readonly store: Store;
  readonly settings: () => Settings;
}

interface ListedKeysOptions {
  /** Our own keys that may be in the list, by id. */
  readonly ownKeys: readonly string[];
  /** How often the account is asked. */
  readonly intervalMs: number;
  readonly now: number;
}

/**
 * Writes down what an account's answer says about our own keys in its list, each as a reading of that key, which is then
 * not asked itself. A key whose figures there are not surely its own, or that is not there any more, is due at once.
 * Called inside the transaction that records the account. Returns the states that changed.
 */
export function recordListedKeys(
  parts: ListedKeysParts,
  account: KeyRecord,
  outcome: Outcome,
  options: ListedKeysOptions,
): readonly CheckState[] {
  const { store } = parts;
  const { listedKeys, failure } = outcome;
  // `recordServedKeys` records a server's keys, and a server's refusal makes nothing else due.
  if (gatewayOf(account.kind)?.isServer) return [];
  const isRefused = failure !== undefined && (isLasting(failure) || failure.doubted !== undefined);
  // A transient failure or an incomplete list changes nothing: a key that is not read for too long is due by itself.
  if (!isRefused && !listedKeys) return [];
  const found = options.ownKeys.flatMap(keyId => findKey(parts, account, outcome, keyId, options));
  const asked = keysToAsk(store, found, options.now);
  for (const { key, listed } of found)
    if (listedKeys && !listed && store.accountLinks.linkOf(key.id)?.accountId === account.id)
      store.accountLinks.endLinks(key.id);
  return found.flatMap(({ key, before, listed, state }) => {
    const changed = state ?? (before.readFrom === undefined ? undefined : withoutList());
    if (!changed) return [];
    store.states.saveState(changed);
    return [changed];

    function withoutList(): CheckState {
      if (!listed) return askedItself(before, options.now);
      return asked.has(key.id)
        ? askedAboutList(before, listed, options.now)
        : waitingInDoubt(before, options);
    }
  });
}

function findKey(
  parts: ListedKeysParts,
  account: KeyRecord,
  { reading, listedKeys }: Outcome,
  keyId: string,
  options: ListedKeysOptions,
): readonly FoundKey[] {
  const key = parts.store.keys.findKey(keyId);
  const before = parts.store.states.stateOf(keyId);
  const isOther = before?.readFrom !== undefined && before.readFrom !== account.id;
  if (!key || key.pausedAt !== undefined || !before || isOther) return [];
  const listed = listedKeys?.find(each => each.keyId === keyId);
  const state = reading && listed && stateFromList(parts, { key, account, before, listed, reading }, options);
  return [{ key, before, listed, state }];
}

/** The state of a key that is to be asked itself again, at once. */
function askedItself(before: CheckState, now: number): CheckState {
  return { ...before, readFrom: undefined, dueAt: now };
}

function askedAboutList(before: CheckState, { listed, counted }: ListedKey, now: number): CheckState {
  const { limit: listedLimit, used: listedUsed } = rawFigures(listed, counted);
  const memory = { ...before.memory, listDoubtedAt: now, listedLimit, listedUsed };
  return { ...askedItself(before, now), memory };
}

/** The state of a key that keeps its last figures until there is room to ask it. */
function waitingInDoubt(before: CheckState, { intervalMs, now }: ListedKeysOptions): CheckState {
  return { ...before, dueAt: now + missedAfter(intervalMs) };
}

/** See `KeyMemory`. */
function rawFigures(
  { unlimited }: AccountKey,
  { used, remaining }: Counted,
): Pick<KeyMemory, 'limit' | 'used' | 'left'> {
  if (unlimited || used === undefined || remaining === undefined) return { used };
  return { limit: used + remaining, used, left: remaining };
}

interface ListedState {
  readonly key: KeyRecord;
  readonly account: KeyRecord;
  readonly before: CheckState;
  readonly listed: ListedKey;
  /** The account's. */
  readonly reading: Reading;
}

/** The state of a key by its account's list; undefined where that is not surely the key's own. */
function stateFromList(
  { store, settings }: ListedKeysParts,
  { key, account, before, listed, reading: accountReading }: ListedState,
  { intervalMs, now }: ListedKeysOptions,
): CheckState | undefined {
  if (!before.reading || store.accountLinks.linkOf(key.id)?.separatedAt !== undefined) return undefined;
  const reading = listedReading(listed, accountReading, before.reading);
  if (!reading || !isSameKey(before.reading, reading, before.forecast?.perDay)) return undefined;
  if (!isAsUsableAsBefore(before, reading, listed.listed, settings(), now)) return undefined;
  store.accountLinks.saveLink(key.id, account.id, now);
  const { failure } = before;
  return {
    ...before,
    reading,
    memory: {
      ...before.memory,
      ...{ limit: undefined, left: undefined },
      ...rawFigures(listed.listed, listed.counted),
      ownAt: now,
      listedId: listed.listedId,
    },
    failure: failure && isLasting(failure) ? failure : undefined,
    forecast: appendToHistory(store, key, { reading, counted: listed.counted }, now),
    checkedAt: now,
    unchangedSince: unchangedSince(reading, before, now),
    failures: 0,
    readFrom: account.id,
    dueAt: Math.min(
      now + missedAfter(intervalMs),
      changeAt(reading, before.reading, intervalMs, now) ?? Number.POSITIVE_INFINITY,
    ),
  };
}

/** Whether the list agrees with the last reading, or failure, on the key's status; else the key itself is asked. */
function isAsUsableAsBefore(
  { reading, failure, checkedAt }: CheckState,
  listed: Reading,
  { status }: AccountKey,
  { low }: Settings,
  now: number,
): boolean {
  if (failure && !isTrouble(failure)) return failure.class === status;
  const statusBy = (each: Reading | undefined) =>
    statusOf({ reading: each, checkedAt, now, low, staleAfterMs: Number.POSITIVE_INFINITY });
  const after = statusBy(listed);
  return after === statusBy(reading) && (status === undefined || status === after);
}

/** Failures of the network, or of an answer without its usual form. */
const TROUBLES: ReadonlySet<Failure['class']> = new Set([
  'transient',
  'rate-limited',
  'unexpected',
  'blocked-by-edge',
  'not-supported',
]);

/** Whether a failure says nothing about the key. */
function isTrouble({ class: failureClass, doubted }: Pick<Failure, 'class' | 'doubted'>): boolean {
  return doubted === undefined && TROUBLES.has(failureClass);
}
