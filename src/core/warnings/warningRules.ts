import { isMembers, parseOwnJson } from '../ownJson.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { UnitCode } from '../quota/unit.ts';
import type { QuietHours } from './quietHours.ts';
import { WARNING_KINDS, type WarningKind } from './warning.ts';

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
  /** Spend of a day below this never fires, by unit. */
  readonly smallSpend: Partial<Record<UnitCode, number>>;
  /** Per cent spent of a limit. */
  readonly limitPercents: readonly number[];
  /** See `Settings.monthBegins`. */
  readonly monthBegins: number;
  readonly quietHours?: QuietHours;
}

/** What the user wants for one key, in place of what holds for all. */
export interface KeyRules {
  /** No warnings at all, or none of these kinds. */
  readonly off?: true | readonly WarningKind[];
  readonly percents?: readonly number[];
  /** In the key's own unit. */
  readonly amounts?: readonly number[];
  readonly expiryDays?: readonly number[];
}

/** What holds for one key. Thresholds are free of doubles and of 0, which is always one. */
export interface KeyThresholds {
  readonly kinds: ReadonlySet<WarningKind>;
  readonly expiryDays: readonly number[];
  readonly percents: readonly number[];
  readonly amounts: readonly number[];
}

/** The thresholds of a key: its own where it has some, else everyone's. */
export function thresholdsOf({ reading }: KeyState, own: KeyRules, rules: WarningRules): KeyThresholds {
  const unit = reading?.unit.code;
  return {
    kinds: enabledKinds(own, rules.kinds),
    expiryDays: positiveUnique(own.expiryDays ?? rules.expiryDays),
    percents: positiveUnique(own.percents ?? rules.percents),
    amounts: positiveUnique(own.amounts ?? (unit && rules.amounts[unit]) ?? []),
  };
}

/** The rules of a key in a stored value; undefined where a part of it is no rule. */
export function keyRulesOf(value: unknown): KeyRules | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { off, percents, amounts, expiryDays } = value as Readonly<Record<string, unknown>>;
  const isOff = off === undefined || off === true || (Array.isArray(off) && off.every(isKind));
  if (!isOff || ![percents, amounts, expiryDays].every(isThresholds)) return undefined;
  const rules = { off, percents, amounts, expiryDays };
  return Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
}

/** A key's own rules as they are stored; none where they cannot be read. */
export function parseKeyRules(text: string): KeyRules {
  return keyRulesOf(parseOwnJson(text, isMembers)) ?? {};
}

function enabledKinds({ off }: KeyRules, kinds: ReadonlySet<WarningKind>): ReadonlySet<WarningKind> {
  if (off === undefined) return kinds;
  return off === true ? new Set() : new Set([...kinds].filter(kind => !off.includes(kind)));
}

function positiveUnique(thresholds: readonly number[]): number[] {
  return [...new Set(thresholds.filter(threshold => threshold > 0))];
}

function isKind(value: unknown): value is WarningKind {
  return WARNING_KINDS.some(kind => kind === value);
}

function isThresholds(value: unknown): boolean {
  return (
    value === undefined || (Array.isArray(value) && value.every(each => Number.isFinite(each) && each >= 0))
  );
}
