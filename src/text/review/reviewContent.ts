import type { Budget } from '../../core/input/parseBudget.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import type { Anomaly, AnomalyChecks } from '../../core/usage/anomalies.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** What was left at one moment. */
export interface Balance {
  readonly amount: number;
  /** When it was read, in ISO 8601: the last reading before the moment that it stands for. */
  readonly at: string;
  /** Balances of different series have another unit or scale, or belong to another key, and cannot be compared. */
  readonly series: number;
}

/** One key's part of a budget review. */
export interface ReviewPart {
  readonly report: UsageReport;
  readonly anomalies: readonly Anomaly[];
  readonly judged: AnomalyChecks;
  /** The balances at the two ends of the range, where they were recorded. */
  readonly opening?: Balance;
  readonly closing?: Balance;
  /** What is known of the period of equal length before, without asking for it. */
  readonly before?: PeriodBefore;
}

/** What a key spent in the period before. */
export interface PeriodBefore {
  readonly unit: Unit;
  readonly used: number;
  readonly isComplete: boolean;
}

/** Something about one key that could not be verified: equal ones of several keys become one sentence. */
export interface Doubt {
  readonly name: string;
  /** The sentence about the keys of these names. */
  readonly text: (names: readonly string[]) => string;
}

/** The user's own spending limits, and what it takes to compare them with a review. */
export interface ReviewLimits {
  readonly all: readonly SpendingLimit[];
  /** Whether the review has every key that may spend in a unit. */
  readonly hasAllKeysOf: (unit: Pick<Unit, 'code' | 'symbol'>) => boolean;
  readonly range: Range;
  /** The day of a month on which it begins, 1 to 28. */
  readonly monthBegins: number;
}

/** The content of a budget review. */
export interface Review {
  /** Local days: `2026-06-01`. */
  readonly from: string;
  readonly to: string;
  /** The period of equal length before: local days, or moments in ISO 8601. */
  readonly before?: { readonly from: string; readonly to: string };
  /** ISO 8601; the only thing in which two reviews of the same answers differ. */
  readonly createdAt: string;
  /** The zone in which the days are counted: `Europe/Berlin`. */
  readonly timeZone: string;
  /** Who made it; empty where nobody said. */
  readonly reviewer: string;
  readonly budget?: Budget;
  /** The limits that are compared with where there is no budget. */
  readonly limits?: ReviewLimits;
  readonly parts: readonly ReviewPart[];
  /** What was asked for and is missing: keys without figures, smoke tests that failed. */
  readonly unverified: readonly Doubt[];
  /** Price paid per unit of list price for token-billed models, if the user set one: 0.8 for 20 % off. */
  readonly ratio?: number;
}
