import type { Anomaly, AnomalyChecks } from '../../core/usage/anomalies.ts';
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
}

/** The content of a budget review. */
export interface Review {
  /** Local days: `2026-06-01`. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601; the only thing in which two reviews of the same answers differ. */
  readonly createdAt: string;
  /** The zone in which the days are counted: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly parts: readonly ReviewPart[];
  /** Sentences on what was asked for and is missing: keys without figures, smoke tests that failed. */
  readonly unverified: readonly string[];
  /** Price paid per unit of list price for token-billed models, if the user set one: 0.8 for 20 % off. */
  readonly ratio?: number;
}
