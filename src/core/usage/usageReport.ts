import type { Unit } from '../quota/unit.ts';
import { DAY_MS } from '../time.ts';
import type { Coverage, UsageRow, UsageSource, UsageTimeline, UsageTotal } from './usage.ts';

/** What another source says about the same range, beside the one the report is made from. */
export interface OtherSource {
  readonly source: UsageSource;
  readonly unit: Unit;
  readonly total?: UsageTotal;
  readonly coverage: Coverage;
  /** This source's total less the report's; absent where the two cannot be compared. */
  readonly difference?: number;
}

/**
 * The answer for a date range: the public shape of `keyQuota.queryUsage`. Times are ISO 8601 in UTC, both
 * ends included; amounts are in `unit`; absent means the source cannot tell.
 */
export interface UsageReport {
  readonly scope: { readonly key?: string; readonly account?: string };
  /** The key's id. */
  readonly keyId: string;
  readonly from: string;
  readonly to: string;
  readonly unit: Unit;
  readonly total?: UsageTotal;
  readonly byDay?: readonly UsageRow[];
  readonly byKey?: readonly UsageRow[];
  readonly byModel?: readonly UsageRow[];
  readonly timeline?: UsageTimeline;
  readonly coverage: Coverage;
  readonly source: UsageSource;
  /** Never blended into the figures above. */
  readonly others?: readonly OtherSource[];
  /** When the gateway said it, ISO 8601; absent where it was asked just now. */
  readonly answeredAt?: string;
  /** From when the gateway may be asked again, while it may not. */
  readonly retryAt?: string;
  /** Why a better source could not be used, as a sentence. */
  readonly note?: string;
}

/** How coarse a timeline for a range is: by the hour while that fits a chart. */
export function timelineStepFor({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): UsageTimeline['step'] {
  return to - from <= 3 * DAY_MS ? 'hour' : 'day';
}
