import type { Unit } from '../quota/unit.ts';
import { DAY_MS } from '../time.ts';
import type { Coverage } from './coverage.ts';
import type { UsageRow, UsageSource, UsageTimeline, UsageTotal } from './usage.ts';

/** A second source for the same range, beside the one that the report is made from. */
export interface OtherSource {
  readonly source: UsageSource;
  readonly unit: Unit;
  readonly total?: UsageTotal;
  readonly coverage: Coverage;
  /** This source's total less the report's; absent where the two cannot be compared. */
  readonly difference?: number;
}

/** Why a key has no report with figures. */
export interface UsageLack {
  readonly keyId: string;
  /** A few words: `no answer`. */
  readonly reason: string;
}

/** The account whose figures include those of a key. */
export interface Belonging {
  /** The account's `keyId`, where its list has the key. */
  readonly account?: string;
  /** The accounts that may include it, where that is not known. */
  readonly maybe?: readonly string[];
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
  /** Set where the unit is not known: `unit` is meaningless then. */
  readonly isUnitUnknown?: true;
  /** Absent of an account, and where it was not looked up. */
  readonly belongsTo?: Belonging;
  readonly total?: UsageTotal;
  readonly byDay?: readonly UsageRow[];
  readonly byKey?: readonly UsageRow[];
  readonly byModel?: readonly UsageRow[];
  readonly timeline?: UsageTimeline;
  readonly coverage: Coverage;
  readonly source: UsageSource;
  /** Further sources; never added to the figures above. */
  readonly others?: readonly OtherSource[];
  /** When the gateway answered, ISO 8601, where the answer is a cached one. */
  readonly answeredAt?: string;
  /** When the gateway may be asked again, ISO 8601, while it may not. */
  readonly retryAt?: string;
  /** Why a better source could not be used, as a sentence. */
  readonly note?: string;
}

/** The step of a timeline for a range in epoch milliseconds: hours for up to three days, else days. */
export function timelineStepFor({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): UsageTimeline['step'] {
  return to - from <= 3 * DAY_MS ? 'hour' : 'day';
}
