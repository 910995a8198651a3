import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, round6 } from '../../core/quota/unit.ts';
import { withKnownTotal } from '../../core/usage/knownTotal.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { OtherSource, UsageReport } from '../../core/usage/usageReport.ts';
import { hasAbility } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { failureText } from '../../text/failure.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { doubted, outdated, rescaled, surelySpent } from './doubts.ts';
import type { RangeAnswers } from './rangeAnswers.ts';
import { recordedInOtherUnits, recordedUsage } from './recordedUsage.ts';

export interface UsageQueryParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock?: Pick<Clock, 'now'>;
  /** Answers of before, to be shown with their age while a gateway cannot be asked. */
  readonly rangeAnswers?: RangeAnswers;
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
  { store, keyRequests, rangeAnswers, clock = { now: Date.now } }: UsageQueryParts,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions = {},
): Promise<UsageReport> {
  const asked = await askGateway(keyRequests, key, range, options);
  const now = clock.now();
  if (asked.usage) rangeAnswers?.keep(key, range, asked.usage, now);
  const kept = asked.usage ? undefined : rangeAnswers?.last(key, range, now);
  const answered = asked.usage ?? (kept && outdated(kept.usage, kept.at, range, now));
  const reading = store.states.stateOf(key.id)?.reading;
  const unit = answered?.unit ?? reading?.unit;
  const recorded = unit && recordedUsage(store, key.id, unit, range);
  const spent = unit ? surelySpent(store, key.id, unit, range) : 0;
  const told = answered && doubted(answered, reading, spent, range, now);
  // A gateway that does not tell the total gives way to readings that do, and then stands beside them.
  const gateway = told && rescaled(store, key.id, withKnownTotal(told.usage), range);
  const isBetter = gateway !== undefined && (gateway.total !== undefined || !knows(recorded));
  const usage = isBetter ? gateway : (recorded ?? gateway);
  if (!usage) throw unanswered(asked.error);
  const other = usage === gateway ? recorded : gateway;
  const others = [
    ...(other && answered ? [withKnownTotal(other)] : []),
    ...(unit ? recordedInOtherUnits(store, key.id, unit, range) : []),
  ].map(each => beside(each, usage));
  return {
    ...reportOf(key, range, withKnownTotal(usage)),
    others: others.length > 0 ? others : undefined,
    answeredAt: usage === gateway && kept ? new Date(kept.at).toISOString() : undefined,
    retryAt: retryAtOf(asked, now),
    note: noteOn(asked, key),
  };
}

function knows(usage: Usage | undefined): boolean {
  return usage !== undefined && withKnownTotal(usage).total !== undefined;
}

/** When a gateway that must not be asked now may be. */
function retryAtOf({ error }: Asked, now: number): string | undefined {
  const { class: failureClass, retryAfterMs } = error?.failure ?? {};
  if (failureClass !== 'rate-limited' || retryAfterMs === undefined) return undefined;
  return new Date(now + retryAfterMs).toISOString();
}

/** A gateway that has no such endpoint is no wrong address: it does not tell what was spent between two times. */
function unanswered(error: GatewayError | undefined): GatewayError {
  const isUntold = error === undefined || isNotOffered(error.failure);
  return isUntold ? new GatewayError({ class: 'not-supported', reason: 'nothing-recorded' }) : error;
}

function noteOn({ error }: Asked, key: KeyRecord): string | undefined {
  if (!error) return undefined;
  const failure: Failure = isNotOffered(error.failure)
    ? { class: 'not-supported', reason: 'range-not-told' }
    : error.failure;
  return failureText(failure, key);
}

function isNotOffered({ reason }: Failure): boolean {
  return reason === 'no-such-endpoint';
}

interface Asked {
  readonly usage?: Usage;
  readonly error?: GatewayError;
}

async function askGateway(
  keyRequests: KeyRequests,
  key: KeyRecord,
  range: Range,
  { signal, progress, beyondBudget, sparing }: UsageQueryOptions,
): Promise<Asked> {
  const gateway = gatewayOf(key.kind);
  const ability = (['rangeByKey', 'rangeByAccount'] as const).find(
    each => gateway && hasAbility(gateway, key.credential, each),
  );
  if (!ability) return {};
  try {
    const usage = await keyRequests.run(
      key,
      ability,
      async (asked, context) => asked.readUsage?.(context, range, progress),
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

function beside(other: Usage, first: Usage): OtherSource {
  const comparable =
    isSameUnit(other.unit, first.unit) && other.total !== undefined && first.total !== undefined;
  return {
    source: other.source,
    unit: other.unit,
    total: other.total,
    coverage: other.coverage,
    difference: comparable ? round6((other.total?.used ?? 0) - (first.total?.used ?? 0)) : undefined,
  };
}
