import type { Unit } from '../quota/unit.ts';
import type { SpendingPeriod } from './period.ts';

/** What an amount of a limit is counted in: amounts are never converted. */
export type LimitUnit = Pick<Unit, 'code' | 'symbol'>;

/** The smallest amount of a limit: spend is not known to more decimals. */
export const LEAST_LIMIT = 0.000001;

/** Whose spend is limited: a key's, which is an account's where its credential is the account's; or that of all keys of the limit's unit. */
export type SpendingScope = { readonly of: 'key'; readonly keyId: string } | { readonly of: 'currency' };

/** The user's own cap on what is spent in a period. There is one for each scope and period. */
export interface SpendingLimit {
  readonly scope: SpendingScope;
  readonly period: SpendingPeriod;
  /** At least `LEAST_LIMIT`. */
  readonly amount: number;
  readonly unit: LimitUnit;
}

/** How much of a limit is spent. */
export interface SpendingProgress {
  readonly period: SpendingPeriod;
  readonly limit: number;
  readonly unit: LimitUnit;
  /** Absent where nothing is known of it. */
  readonly spent?: number;
  /** ISO 8601: when the next period begins. */
  readonly resetsAt: string;
  /** Whether `spent` is all: otherwise it is at least so much. */
  readonly complete: boolean;
}

/** The limit of which the largest part is spent, 1 for all of it; undefined where nothing is known of any. */
export function tightestLimit(
  limits: readonly SpendingProgress[],
): { readonly progress: SpendingProgress; readonly share: number } | undefined {
  let tightest: { readonly progress: SpendingProgress; readonly share: number } | undefined;
  for (const progress of limits) {
    const share = progress.spent === undefined ? undefined : progress.spent / progress.limit;
    if (share !== undefined && !(tightest && tightest.share >= share)) tightest = { progress, share };
  }
  return tightest;
}
