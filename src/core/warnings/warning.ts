import type { KeyState } from '../quota/keyState.ts';

/** What a warning can be about, in the order in which a list of settings shows them. */
export const WARNING_KINDS = ['expiry', 'plan', 'low', 'forecast', 'spend', 'refused', 'refill'] as const;

export type WarningKind = (typeof WARNING_KINDS)[number];

/** The worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a key spent today, against what it spends on an ordinary day. Amounts in the reading's unit. */
export interface SpendFigures {
  readonly today: number;
  readonly normal: number;
}

/** A budget that began anew, or an amount that was added. */
export type Refill = { readonly what: 'reset' } | { readonly what: 'topUp'; readonly amount: number };

/** Something a person should hear of, once. */
export interface Warning {
  readonly key: KeyState;
  readonly kind: WarningKind;
  /**
   * The threshold that was crossed: days for an end that comes, per cent or an amount for what is left. 0 is
   * the last one: ended, used up.
   */
  readonly threshold: number;
  readonly severity: Severity;
  /** Does not wait for somebody to look at the window. */
  readonly urgent: boolean;
  readonly spend?: SpendFigures;
  readonly refill?: Refill;
}
