import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
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
import { certainSpend, checkAgainstReading, flagScaleChange, limitToAnswerTime } from './plausibility.ts';
import { recordedInOtherUnits, recordedUsage } from './recordedUsage.ts';
import type { UsageCache } from './usageCache.ts';

export interface UsageQueryParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock?: Pick<Clock, 'now'>;
  /** Answers of before, to be shown with their age while a gateway cannot be asked. */
  readonly usageCache?: UsageCache;
}

export interface UsageQueryOptions {
  readonly signal?: AbortSignal;
  /** Rows read of a long log, and rows in all where they are counted. */
  readonly progress?: (done: number, total: number | undefined) => void;
  /** Spends the user's own head-room at the gateway: only after an explicit yes. */
  readonly beyondBudget?: boolean;
  /** See `ReserveOptions.sparing`. */
  readonly sparing?: boolean;
}

/**
 * What a key or account spent in a range: the gateway's own answer where it has one, else our recorded
 * readings. Two sources are never blended; the second one stands beside the first with its difference.
 * Throws a `GatewayError` when nothing at all can be said.
 */
export async function queryUsage(
  { store, keyRequests, usageCache, clock = { now: Date.now } }: UsageQueryParts,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions = {},
): Promise<UsageReport> {
  const fromGateway = await askGateway(keyRequests, key, range, options);
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
  // A gateway that does not tell the total gives way to readings that do, and then stands beside them.
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

/** When a gateway that must not be asked now may be. */
function retryAtOf({ error }: GatewayAnswer, now: number): string | undefined {
  const { class: failureClass, retryAfterMs } = error?.failure ?? {};
  if (failureClass !== 'rate-limited' || retryAfterMs === undefined) return undefined;
  return new Date(now + retryAfterMs).toISOString();
}

/** A gateway that has no such endpoint is no wrong address: it does not tell what was spent between two times. */
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
