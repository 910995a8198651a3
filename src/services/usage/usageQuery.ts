import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isoTime } from '../../core/time.ts';
import { dropUnknownTotal } from '../../core/usage/dropUnknownTotal.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { withUnchecked } from '../ledger/uncheckedBefore.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { type AskMissingOptions, askForMissing } from './askForMissing.ts';
import { checkAgainstReading } from './plausibility.ts';
import { recordedIn } from './recordedMemo.ts';
import { compareSource, reportOf } from './reportOf.ts';
import type { UsageCache } from './usageCache.ts';
import { failureNote, noUsageError, retryAtOf } from './usageFailure.ts';
import { usageFromGateway } from './usageFromGateway.ts';

/** What `queryUsage` needs. */
export interface UsageQueryParts {
  readonly store: Store;
  readonly keyRequests: Pick<KeyRequests, 'run'>;
  readonly clock?: Pick<Clock, 'now'>;
  /** Earlier answers, to be shown while a gateway cannot be asked. */
  readonly usageCache?: UsageCache;
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
  options: AskMissingOptions = {},
): Promise<UsageReport> {
  const asked = await askForMissing({ store, keyRequests, clock, usageCache }, key, range, options);
  const { at: now } = asked;
  const { error } = asked.answer;
  const told = usageFromGateway({ store, usageCache }, key, range, asked);
  const { usage: gatewayUsage, inOtherUnits, answeredAt } = told;
  const reading = store.states.stateOf(key.id)?.reading;
  const unit = gatewayUsage?.unit ?? reading?.unit;
  const recorded = unit && recordedIn(store, key.id, unit, range, now);
  const believed =
    gatewayUsage && checkAgainstReading(gatewayUsage, reading, recorded?.certain ?? 0, range, now);
  const checked = believed && dropUnknownTotal(believed);
  const usage = mainUsage(checked, recorded?.usage);
  if (!usage) throw noUsageError(error);
  const second = usage === checked ? recorded?.usage : checked;
  const others = [
    ...(second ? [dropUnknownTotal(second)] : []),
    ...(recorded?.inOtherUnits ?? []),
    ...inOtherUnits,
  ];
  const isCached = answeredAt !== undefined && usage === checked;
  return {
    ...reportOf(key, range, withUnchecked(store, key, dropUnknownTotal(usage), range)),
    others: others.length > 0 ? others.map(each => compareSource(each, usage)) : undefined,
    answeredAt: isCached ? isoTime(answeredAt) : undefined,
    retryAt: retryAtOf(error?.failure, now),
    note: failureNote(error, key),
  };
}

/** The gateway's usage, unless it has no total and recorded readings have one. */
function mainUsage(checked: Usage | undefined, recorded: Usage | undefined): Usage | undefined {
  if (!checked || !recorded) return checked ?? recorded;
  const hasTotal = checked.total !== undefined || dropUnknownTotal(recorded).total === undefined;
  return hasTotal ? checked : recorded;
}
