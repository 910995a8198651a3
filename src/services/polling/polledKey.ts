import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { endPhase, isExpiring } from '../../core/quota/ends.ts';
import { type Failure, isCheckedSeldom } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { type PollPace, paceOf } from '../../core/quota/pollPace.ts';
import { statusOf } from '../../core/quota/status.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { credentialSpecOf, type Gateway, type KnownOfSite, readLimiterOf } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { isSameLimit, limitersOnce, type OwnLimiter, type OwnLimiterParts } from '../requests/ownLimiter.ts';
import { crowdedLimiters, limiterIdOf, type PlannedKey, pollIntervals } from './pollPlan.ts';

/** From so many keys of one limiter on, their checks are spread over the interval. */
const MANY_KEYS = 3;
/** So many keys can be added within a window of their limiter without their first checks being spread. */
const FEW_NEW_KEYS = 3;

/** A key with its gateway, its last state and its place in the poll plan. */
export interface PolledKey {
  readonly key: KeyRecord;
  readonly gateway: Gateway | undefined;
  readonly state: CheckState;
  readonly intervalMs: number;
  readonly limiterName: string;
  /** The part of it that is ours. */
  readonly limiter: OwnLimiter;
  /** Names the limiter that its checks count against, among those of all base URLs. */
  readonly limiterId: string;
  /** Whether its keys together take nearly all its calls. */
  readonly isCrowded: boolean;
  /** Whether so many keys count against its limiter that checks at one moment would be a burst. */
  readonly isOneOfMany: boolean;
  /** Whether many keys of its limiter were added within the last window. */
  readonly isOneOfManyNew: boolean;
  /** Low, soon to expire, or past an end that only the gateway can confirm. */
  readonly urgent: boolean;
  readonly pace: PollPace;
  /** The account whose list the key is read from, so that it is not asked itself. */
  readonly account?: KeyRecord;
  /** When that account is due, epoch milliseconds. */
  readonly accountDueAt?: number;
  /** Whether other keys are read from its list. */
  readonly isAccount?: boolean;
  /** Whether that account is a server, which asks in place of this machine. */
  readonly isServed?: boolean;
  /** Why that server told nothing when it was asked last. */
  readonly serverFailure?: Failure;
}

/**
 * The keys with their states, and the intervals they have together. Where nothing is new, the entry is the
 * one from `before`.
 */
export function polledKeysOf(
  keys: readonly KeyRecord[],
  stateOf: (keyId: string) => CheckState,
  parts: OwnLimiterParts,
  now: number,
  before: (keyId: string) => PolledKey | undefined,
  knownOf: (baseUrl: string) => KnownOfSite,
  recordOf: (keyId: string) => KeyRecord | undefined = () => undefined,
): PolledKey[] {
  const settings = parts.settings();
  const limiterOf = limitersOnce(parts, now);
  const limiterNames = new Map(
    keys.map(key => [key.id, limiterNameOf(key, gatewayOf(key.kind), stateOf(key.id), knownOf(key.baseUrl))]),
  );
  const nameOf = (key: KeyRecord) => limiterNames.get(key.id) ?? '';
  const accountOf = accountsOf(keys, stateOf, recordOf);
  const accounts = new Set(keys.map(accountOf));
  const planned = keys.map((key): PlannedKey => {
    const limiter = limiterOf(key.baseUrl, gatewayOf(key.kind), nameOf(key));
    const one = plannedKeyOf(key, stateOf(key.id), settings, { name: nameOf(key), limiter }, now);
    if (accountOf(key) || serverIdOf(key.id) !== undefined) return { ...one, paused: true };
    return accounts.has(key) ? { ...one, pace: 'close' } : one;
  });
  const intervals = pollIntervals(planned);
  const crowded = crowdedLimiters(planned, intervals);
  const counts = Map.groupBy(planned, limiterIdOf);
  const isNew = ({ limiter }: PlannedKey, index: number) =>
    (keys[index]?.createdAt ?? 0) > now - limiter.windowMs;
  const newCounts = Map.groupBy(planned.filter(isNew), limiterIdOf);
  return keys.map((key, index) => {
    const gateway = gatewayOf(key.kind);
    const state = stateOf(key.id);
    const limiterName = nameOf(key);
    const account = accountOf(key);
    const isAccount = accounts.has(key);
    const isServed = account !== undefined && isServer(account);
    const told = account && (intervals.get(account.id) ?? before(account.id)?.intervalMs);
    const ownMs = told ?? intervals.get(key.id) ?? settings.pollMs;
    // What a server tells is as old as it may be there, and as what it told may be here.
    const intervalMs = isServed ? ownMs + (state.memory?.toldEveryMs ?? 0) : ownMs;
    const limiterId = limiterIdOf({ baseUrl: key.baseUrl, limiterName });
    const entry: PolledKey = {
      key,
      gateway,
      state,
      intervalMs,
      limiterName,
      limiter: limiterOf(key.baseUrl, gateway, limiterName),
      limiterId,
      isCrowded: crowded.has(limiterId),
      isOneOfMany: (counts.get(limiterId)?.length ?? 0) >= MANY_KEYS,
      isOneOfManyNew: (newCounts.get(limiterId)?.length ?? 0) > FEW_NEW_KEYS,
      urgent: isUrgent(state, intervalMs, settings, now),
      pace: planned[index]?.pace ?? 'close',
      account,
      accountDueAt: account && stateOf(account.id).dueAt,
      isAccount,
      isServed,
      serverFailure: isServed ? stateOf(account.id).failure : undefined,
    };
    const previous = before(key.id);
    return previous && isSame(previous, entry) ? previous : entry;
  });
}

/**
 * The account that each key is read from, by what the states say; none that is paused or not there any more. The server of a
 * served key stays it: nobody else asks.
 */
function accountsOf(
  keys: readonly KeyRecord[],
  stateOf: (keyId: string) => CheckState,
  recordOf: (keyId: string) => KeyRecord | undefined,
): (key: KeyRecord) => KeyRecord | undefined {
  const keysById = new Map(keys.map(key => [key.id, key]));
  return ({ id, pausedAt }) => {
    const readFrom = stateOf(id).readFrom ?? '';
    // A server stands at another base URL than the gateways that it asks.
    const other = recordOf(readFrom);
    const account = keysById.get(readFrom) ?? (other && isServer(other) ? other : undefined);
    if (serverIdOf(id) !== undefined) return account;
    return pausedAt === undefined && account?.pausedAt === undefined ? account : undefined;
  };
}

function isServer({ kind }: KeyRecord): boolean {
  return gatewayOf(kind)?.isServer === true;
}

function isSame(a: PolledKey, b: PolledKey): boolean {
  return (
    a.key === b.key &&
    a.state === b.state &&
    a.intervalMs === b.intervalMs &&
    a.limiterName === b.limiterName &&
    a.urgent === b.urgent &&
    a.pace === b.pace &&
    a.isCrowded === b.isCrowded &&
    a.isOneOfMany === b.isOneOfMany &&
    a.isOneOfManyNew === b.isOneOfManyNew &&
    a.account === b.account &&
    a.accountDueAt === b.accountDueAt &&
    a.isAccount === b.isAccount &&
    a.isServed === b.isServed &&
    a.serverFailure === b.serverFailure &&
    isSameLimit(a.limiter, b.limiter)
  );
}

/** The entry with a newer state; undefined when the others' intervals change with it. */
export function withState(
  entry: PolledKey,
  state: CheckState,
  settings: Settings,
  known: KnownOfSite,
): PolledKey | undefined {
  if (isRarelyChecked(state) !== isRarelyChecked(entry.state)) return undefined;
  if (entry.isAccount || state.readFrom !== undefined || entry.state.readFrom !== undefined) return undefined;
  if (limiterNameOf(entry.key, entry.gateway, state, known) !== entry.limiterName) return undefined;
  if (paceOfKey(entry.key, state, settings, known.now) !== entry.pace) return undefined;
  return { ...entry, state, urgent: isUrgent(state, entry.intervalMs, settings, known.now) };
}

/** Whether a key's checks count against another limiter than when they were planned. */
export function hasOtherLimiter(
  { key, gateway, state, limiterName }: PolledKey,
  known: KnownOfSite,
): boolean {
  return limiterNameOf(key, gateway, state, known) !== limiterName;
}

/** Paused, or checked so seldom after a final failure that it takes no share of the calls. */
function isRarelyChecked({ dueAt, failure, failures }: CheckState): boolean {
  return dueAt === undefined || (failure !== undefined && isCheckedSeldom(failure, failures));
}

function paceOfKey({ pinned }: KeyRecord, state: CheckState, settings: Settings, now: number): PollPace {
  const { unchangedSince, checkedAt, failure } = state;
  const urgent = isUrgent(state, settings.pollMs, settings, now);
  return paceOf({ unchangedSince, checkedAt, pinned, urgent, failing: failure !== undefined }, now);
}

function plannedKeyOf(
  key: KeyRecord,
  state: CheckState,
  settings: Settings,
  { name, limiter }: { readonly name: string; readonly limiter: OwnLimiter },
  now: number,
): PlannedKey {
  const gateway = gatewayOf(key.kind);
  const { minPollMs = 0, pollTimes = 1 } = (gateway && credentialSpecOf(gateway, key.credential)) ?? {};
  const minutes = settings.gateways.get(key.baseUrl)?.pollMinutes;
  return {
    id: key.id,
    baseUrl: key.baseUrl,
    pinned: key.pinned,
    pace: paceOfKey(key, state, settings, now),
    limiterName: name,
    limiter,
    paused: key.pausedAt !== undefined || isRarelyChecked(state),
    wantedMs: Math.max(minPollMs, minutes ? minutes * MINUTE_MS : settings.pollMs / pollTimes),
  };
}

function limiterNameOf(
  { credential }: KeyRecord,
  gateway: Gateway | undefined,
  { reading }: CheckState,
  known: KnownOfSite,
): string {
  return gateway ? readLimiterOf(gateway, credential, known, reading) : '';
}

function isUrgent(state: CheckState, intervalMs: number, { low }: Settings, now: number): boolean {
  // What was low when it was last asked is urgent all the more when that is long ago.
  const status = statusOf({ ...state, now, low, staleAfterMs: Number.POSITIVE_INFINITY });
  const phase = endPhase({ ...state, staleAfterMs: staleAfter(intervalMs) }, now);
  return status === 'low' || phase === 'doubtful' || isExpiring({ ...state, status }, now);
}
