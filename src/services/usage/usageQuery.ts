import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { checksPaused, type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, round6, type Unit } from '../../core/quota/unit.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { dropUnknownTotal } from '../../core/usage/dropUnknownTotal.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { OtherSource, UsageReport } from '../../core/usage/usageReport.ts';
import { failureText } from '../../text/failure.ts';
import { ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { rangeToAsk } from '../ledger/rangeToAsk.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { type AskOptions, askForRange, type GatewayAnswer } from './askForRange.ts';
import { pickUsage } from './pickUsage.ts';
import { checkAgainstReading, flagScaleChange, limitToAnswerTime } from './plausibility.ts';
import { recordedIn } from './recordedMemo.ts';
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
export interface UsageQueryOptions extends AskOptions {
  /** Asks the gateway also while the key's checks are paused: only where a person asks for that one key. */
  readonly evenIfPaused?: boolean;
}

/**
 * What a key or account spent in a range: from the ledger, whose gaps the gateway is asked about; the cached answer as the
 * fallback when there is none now, else our recorded readings. Where gateways tell nothing for the ledger, it is the
 * gateway's answer itself. The second source is in `others`, with its difference.
 * @throws GatewayError when no source has anything.
 */
export async function queryUsage(
  { store, keyRequests, usageCache, clock = { now: Date.now } }: UsageQueryParts,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions = {},
): Promise<UsageReport> {
  const { pausedAt } = store.keys.findKey(key.id) ?? {};
  const known = ledgerAnswer(store, key, range, clock.now());
  const question = rangeToAsk(store, key, range, known);
  const isPaused = pausedAt !== undefined && !options.evenIfPaused;
  const fromGateway: GatewayAnswer =
    question === undefined
      ? {}
      : isPaused
        ? { error: new GatewayError(checksPaused(pausedAt)) }
        : await askForRange({ store, keyRequests, clock }, key, question.range, options);
  const now = clock.now();
  // An answer about a part of the range is in the ledger, with all that was known before.
  const direct = question?.isPart ? undefined : fromGateway.usage;
  if (direct) usageCache?.cacheUsage(key, range, direct, now);
  const cached = fromGateway.usage ? undefined : usageCache?.cachedUsage(key, range, now);
  const ledger = question && !isPaused ? ledgerAnswer(store, key, range, now) : known;
  const cachedUsage = cached && limitToAnswerTime(cached.usage, cached.at, range, now);
  const untold = question === undefined && ledger ? noLongerTold(ledger.unit) : undefined;
  const gatewayUsage = pickUsage(range, [direct, ledger?.usage, cachedUsage, untold]);
  // Where nothing was to be asked, an answer of a moment ago is as good as one of now.
  const hasAge = question !== undefined || now - (cached?.at ?? now) >= MINUTE_MS;
  const isCached = cached !== undefined && gatewayUsage === cachedUsage && hasAge;
  const reading = store.states.stateOf(key.id)?.reading;
  const unit = gatewayUsage?.unit ?? reading?.unit;
  const fromReadings = unit && recordedIn(store, key.id, unit, range, now);
  const recorded = fromReadings?.usage;
  const checked =
    gatewayUsage && checkAgainstReading(gatewayUsage, reading, fromReadings?.certain ?? 0, range, now);
  // A gateway's answer without a total gives way to readings that have one, and is listed beside them.
  const checkedUsage = checked && flagScaleChange(store, key.id, dropUnknownTotal(checked.usage), range);
  const usesGateway =
    checkedUsage !== undefined && (checkedUsage.total !== undefined || !hasKnownTotal(recorded));
  const usage = usesGateway ? checkedUsage : (recorded ?? checkedUsage);
  if (!usage) throw noUsageError(fromGateway.error);
  const other = usage === checkedUsage ? recorded : checkedUsage;
  const otherSources = [
    ...(other && gatewayUsage ? [dropUnknownTotal(other)] : []),
    ...(fromReadings?.inOtherUnits ?? []),
    ...(gatewayUsage === ledger?.usage ? (ledger?.inOtherUnits ?? []) : []),
  ].map(each => compareSource(each, usage));
  return {
    ...reportOf(key, range, dropUnknownTotal(usage)),
    others: otherSources.length > 0 ? otherSources : undefined,
    answeredAt: isCached && usage === checkedUsage ? new Date(cached.at).toISOString() : undefined,
    retryAt: retryAtOf(fromGateway, now),
    note: failureNote(fromGateway, key),
  };
}

/** Nothing of a range that is older than all that a key's log still told when it was read first. */
function noLongerTold(unit: Unit): Usage {
  return { unit, coverage: { complete: false, reason: 'last-rows' }, source: 'logs' };
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

export function reportOf(key: KeyRecord, range: Range, usage: Usage): UsageReport {
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
