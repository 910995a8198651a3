import type { KeyState } from './keyState.ts';
import type { QuietHours } from './quietHours.ts';
import type { UnitCode } from './unit.ts';
import { WARNING_KINDS, type WarningKind } from './warning.ts';

/** What the user wants for one key, in place of what holds for all. */
export interface KeyRules {
  /** No warnings at all, or none of these kinds. */
  readonly off?: boolean | readonly WarningKind[];
  readonly percents?: readonly number[];
  readonly amounts?: readonly number[];
  readonly expiryDays?: readonly number[];
}

/** When to warn, and when not. */
export interface WarningRules {
  /** The off switch. */
  readonly enabled: boolean;
  readonly kinds: ReadonlySet<WarningKind>;
  /** Days before an end. The end itself always counts as one more. */
  readonly expiryDays: readonly number[];
  /** Per cent left of a granted total. Used up always counts as one more. */
  readonly percents: readonly number[];
  /** Amounts left, by unit, for keys without a granted total. */
  readonly amounts: Partial<Record<UnitCode, readonly number[]>>;
  /** How many times its ordinary day a key may spend in one. */
  readonly spendFactor: number;
  /** Spend of a day below this is not worth a word, by unit. */
  readonly smallSpend: Partial<Record<UnitCode, number>>;
  readonly quietHours?: QuietHours;
  /** By id or label. */
  readonly keys: ReadonlyMap<string, KeyRules>;
}

/** What holds for one key. Thresholds are free of doubles and of 0, which is always one. */
export interface KeyThresholds {
  readonly kinds: ReadonlySet<WarningKind>;
  readonly expiryDays: readonly number[];
  readonly percents: readonly number[];
  readonly amounts: readonly number[];
}

/** The user's own word on a key, by its id, else by its label. */
export function ownRules(
  { id, label }: Pick<KeyState, 'id' | 'label'>,
  { keys }: Pick<WarningRules, 'keys'>,
): KeyRules | undefined {
  return keys.get(id) ?? keys.get(label);
}

/** The thresholds of a key: its own where it has some, else everyone's. */
export function thresholdsOf(key: KeyState, rules: WarningRules): KeyThresholds {
  const own = ownRules(key, rules) ?? {};
  const unit = key.reading?.unit.code;
  return {
    kinds: kindsLeft(own, rules.kinds),
    expiryDays: above0(own.expiryDays ?? rules.expiryDays),
    percents: above0(own.percents ?? rules.percents),
    amounts: above0(own.amounts ?? (unit && rules.amounts[unit]) ?? []),
  };
}

function kindsLeft({ off }: KeyRules, kinds: ReadonlySet<WarningKind>): ReadonlySet<WarningKind> {
  if (off === undefined || off === false) return kinds;
  if (off === true) return new Set();
  return new Set(WARNING_KINDS.filter(kind => kinds.has(kind) && !off.includes(kind)));
}

function above0(thresholds: readonly number[]): number[] {
  return [...new Set(thresholds.filter(threshold => threshold > 0))];
}
