import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { credentialSpecOf, type KnownOfSite } from '../../gateways/credentialSpec.ts';
import { isServer } from '../../gateways/isServer.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { isSameLimit, limitersOnce, type OwnLimiter, type OwnLimiterParts } from '../requests/ownLimiter.ts';
import { isRarelyChecked, isUrgent, limiterNameOf, type PolledKey, paceOfKey } from './polledKey.ts';
import { limiterIdOf, type PlannedKey, pollIntervals, saturatedLimiters } from './pollPlan.ts';

/** From this many keys of one limiter on, their checks are spread over the interval. */
const MANY_KEYS = 3;
/** How many keys can be added within a window of their limiter without their first checks being spread. */
const FEW_NEW_KEYS = 3;

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
  const saturated = saturatedLimiters(planned, intervals);
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
    // A served figure may be as old as the server's interval and ours together.
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
      isSaturated: saturated.has(limiterId),
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
 * The account that each key is read from, by what the states say; none that is paused or gone. A served key keeps its
 * server, since nobody else asks about it.
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

function isSame(a: PolledKey, b: PolledKey): boolean {
  return (
    a.key === b.key &&
    a.state === b.state &&
    a.intervalMs === b.intervalMs &&
    a.limiterName === b.limiterName &&
    a.urgent === b.urgent &&
    a.pace === b.pace &&
    a.isSaturated === b.isSaturated &&
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
    wantedMs: Math.max(minPollMs, Math.round(minutes ? minutes * MINUTE_MS : settings.pollMs / pollTimes)),
  };
}
