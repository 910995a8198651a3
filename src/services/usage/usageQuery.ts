import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { checksPaused, type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, round6 } from '../../core/quota/unit.ts';
import { dropUnknownTotal } from '../../core/usage/dropUnknownTotal.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { OtherSource, UsageReport } from '../../core/usage/usageReport.ts';
import { hasAbility } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { failureText } from '../../text/failure.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import type { AccountAnswers } from './accountAnswers.ts';
import { certainSpend, checkAgainstReading, flagScaleChange, limitToAnswerTime } from './plausibility.ts';
import { recordedInOtherUnits, recordedUsage } from './recordedUsage.ts';
import type { UsageCache } from './usageCache.ts';

/** What `queryUsage` needs. */
export interface UsageQueryParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock?: Pick<Clock, 'now'>;
  /** Earlier answers, to be shown while a gateway cannot be asked. */
  readonly usageCache?: UsageCache;
}

/** Options of a query. */
export interface UsageQueryOptions {
  readonly signal?: AbortSignal;
  /** Receives the rows read of a long log, and the total where it is counted. */
  readonly progress?: (done: number, total: number | undefined) => void;
  /** Uses the user's own share of the gateway's limit: only after explicit consent. */
  readonly beyondBudget?: boolean;
  /** What the account of a key answers in its place. */
  readonly fromAccount?: AccountAnswers;
  /** See `ReserveOptions.sparing`. */
  readonly sparing?: boolean;
  /** Asks the gateway also while the key's checks are paused: only where a person asks for that one key. */
  readonly evenIfPaused?: boolean;
}

/**
 * What a key or account spent in a range: the gateway's answer, the cached one as the fallback when there is
 * none now, else our recorded readings. Sources are never blended; the second one is in `others`, with its
 * difference.
 * @throws GatewayError when no source has anything.
 */
export async function queryUsage(
  { store, keyRequests, usageCache, clock = { now: Date.now } }: UsageQueryParts,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions = {},
): Promise<UsageReport> {
  const { pausedAt } = store.keys.findKey(key.id) ?? {};
  const fromGateway =
    pausedAt === undefined || options.evenIfPaused
      ? await askAccountOrKey(keyRequests, key, range, options)
      : { error: new GatewayError(checksPaused(pausedAt)) };
  const now = clock.now();
  if (fromGateway.usage) usageCache?.cacheUsage(key, range, fromGateway.usage, now);
  const cached = fromGateway.usage ? undefined : usageCache?.cachedUsage(key, range, now);
  const gatewayUsage =
    fromGateway.usage ?? (cached && limitToAnswerTime(cached.usage, cached.at, range, now));
  const reading = store.states.stateOf(key.id)?.reading;
  const unit = gatewayUsage?.unit ?? reading?.unit;
  const recorded = unit && recordedUsage(store, key.id, unit, range);
  const spent = unit ? certainSpend(store, key.id, unit, range) : 0;
  const checked = gatewayUsage && checkAgainstReading(gatewayUsage, reading, spent, range, now);
  // A gateway's answer without a total gives way to readings that have one, and is listed beside them.
  const checkedUsage = checked && flagScaleChange(store, key.id, dropUnknownTotal(checked.usage), range);
  const usesGateway =
    checkedUsage !== undefined && (checkedUsage.total !== undefined || !hasKnownTotal(recorded));
  const usage = usesGateway ? checkedUsage : (recorded ?? checkedUsage);
  if (!usage) throw noUsageError(fromGateway.error);
  const other = usage === checkedUsage ? recorded : checkedUsage;
  const otherSources = [
    ...(other && gatewayUsage ? [dropUnknownTotal(other)] : []),
    ...(unit ? recordedInOtherUnits(store, key.id, unit, range) : []),
  ].map(each => compareSource(each, usage));
  return {
    ...reportOf(key, range, dropUnknownTotal(usage)),
    others: otherSources.length > 0 ? otherSources : undefined,
    answeredAt: usage === checkedUsage && cached ? new Date(cached.at).toISOString() : undefined,
    retryAt: retryAtOf(fromGateway, now),
    note: failureNote(fromGateway, key),
  };
}

function hasKnownTotal(usage: Usage | undefined): boolean {
  return usage !== undefined && dropUnknownTotal(usage).total !== undefined;
}

/** When a rate-limited gateway may be asked again, ISO 8601; undefined otherwise. */
function retryAtOf({ error }: GatewayAnswer, now: number): string | undefined {
  const { class: failureClass, retryAfterMs } = error?.failure ?? {};
  if (failureClass !== 'rate-limited' || retryAfterMs === undefined) return undefined;
  return new Date(now + retryAfterMs).toISOString();
}

/** A gateway without such an endpoint cannot report ranges; that is not a wrong address. */
function noUsageError(error: GatewayError | undefined): GatewayError {
  const isUnavailable = error === undefined || isNotOffered(error.failure);
  return isUnavailable ? new GatewayError({ class: 'not-supported', reason: 'nothing-recorded' }) : error;
}

function failureNote({ error }: GatewayAnswer, key: KeyRecord): string | undefined {
  if (!error) return undefined;
  const failure: Failure = isNotOffered(error.failure)
    ? { class: 'not-supported', reason: 'range-not-told' }
    : error.failure;
  return failureText(failure, key);
}

function isNotOffered({ reason }: Failure): boolean {
  return reason === 'no-such-endpoint';
}

interface GatewayAnswer {
  readonly usage?: Usage;
  readonly error?: GatewayError;
}

/** The answer of the key's account where that is whole, else the key's own; a part is better than nothing. */
async function askAccountOrKey(
  keyRequests: KeyRequests,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions,
): Promise<GatewayAnswer> {
  const usage = await options.fromAccount?.(key);
  if (usage?.coverage.complete) return { usage };
  const own = await askGateway(keyRequests, key, range, options);
  return own.usage?.total || !usage ? own : { ...own, usage };
}

async function askGateway(
  keyRequests: KeyRequests,
  key: KeyRecord,
  range: Range,
  { signal, progress, beyondBudget, sparing }: UsageQueryOptions,
): Promise<GatewayAnswer> {
  const gateway = gatewayOf(key.kind);
  const ability = (['rangeByKey', 'rangeByAccount'] as const).find(
    each => gateway && hasAbility(gateway, key.credential, each),
  );
  if (!ability) return {};
  try {
    const usage = await keyRequests.run(
      key,
      ability,
      async (gateway, context) => gateway.readUsage?.(context, range, progress),
      signal,
      { beyondBudget, sparing },
    );
    return { usage };
  } catch (error) {
    if (error instanceof GatewayError) return { error };
    throw error;
  }
}

function reportOf(key: KeyRecord, range: Range, usage: Usage): UsageReport {
  const isAccount = key.credential !== 'apiKey';
  return {
    scope: isAccount ? { account: key.label } : { key: key.label },
    keyId: key.id,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    ...usage,
  };
}

function compareSource(other: Usage, main: Usage): OtherSource {
  const comparable =
    isSameUnit(other.unit, main.unit) && other.total !== undefined && main.total !== undefined;
  return {
    source: other.source,
    unit: other.unit,
    total: other.total,
    coverage: other.coverage,
    difference: comparable ? round6((other.total?.used ?? 0) - (main.total?.used ?? 0)) : undefined,
  };
}
