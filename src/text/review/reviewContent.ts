import type { Anomaly, AnomalyChecks } from '../../core/usage/anomalies.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** What was left at one moment. */
export interface Balance {
  readonly amount: number;
  /** When it was read last, in ISO 8601: before the moment it stands for. */
  readonly at: string;
  /** Balances of different ones were read by another unit or scale, or of another key, and do not compare. */
  readonly series: number;
}

/** One key's part of a budget review. */
export interface ReviewPart {
  readonly report: UsageReport;
  readonly anomalies: readonly Anomaly[];
  readonly judged: AnomalyChecks;
  /** What was left at the ends of the range, where it was recorded. */
  readonly opening?: Balance;
  readonly closing?: Balance;
}

/** All that a budget review is written from. */
export interface Review {
  /** Local days: `2026-06-01`. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601; the only thing that differs between two reviews of the same answers. */
  readonly createdAt: string;
  /** Whose days these are: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly parts: readonly ReviewPart[];
  /** Sentences on what was asked for and not told: keys without figures, smoke tests that failed. */
  readonly unverified: readonly string[];
  /** Price paid per unit of list price for token-billed models, if the user set one: 0.8 for 20 % off. */
  readonly ratio?: number;
}
