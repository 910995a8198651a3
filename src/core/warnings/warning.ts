import type { KeyState } from '../quota/keyState.ts';
import type { SpendingProgress } from '../spendingLimits/spendingLimit.ts';

/** What a warning can be about, in the order in which a list of settings shows them. */
export const WARNING_KINDS = [
  'expiry',
  'plan',
  'low',
  'forecast',
  'spend',
  'limit',
  'refused',
  'refill',
] as const;

export type WarningKind = (typeof WARNING_KINDS)[number];

/** The worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a key spent today, against what it spends on an ordinary day. Amounts in the reading's unit. */
export interface SpendFigures {
  readonly today: number;
  readonly normal: number;
}

/** A budget that was reset, or an amount that was added. */
export type Refill = { readonly what: 'reset' } | { readonly what: 'topUp'; readonly amount: number };

/** Something to notify a person about, once. */
export interface Warning {
  /** Where it is about several keys, the one that spent the most. */
  readonly key: KeyState;
  readonly kind: WarningKind;
  /**
   * The threshold that was crossed: days for an end that comes, per cent or an amount for what is left. 0 is
   * the last one: ended, used up, a limit reached; one that is exceeded has less than 0 left.
   */
  readonly threshold: number;
  readonly severity: Severity;
  /** Does not wait for somebody to look at the window. */
  readonly urgent: boolean;
  readonly spend?: SpendFigures;
  readonly refill?: Refill;
  /** How much of the user's own limit is spent. */
  readonly limit?: SpendingProgress;
  /** The keys that a limit for all keys of a currency counts; absent where it is that of `key`. */
  readonly keyIds?: readonly string[];
}
