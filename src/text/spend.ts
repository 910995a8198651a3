import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText } from './amount.ts';

/** What was spent since a moment, in epoch milliseconds. */
export interface SpentSince {
  readonly amount: number;
  readonly from: number;
}

type Known = Pick<KeySpend, 'since' | 'until'>;

/**
 * What was spent since a moment: at least so much, where a part of that time is not known. Undefined where nothing is known
 * to be spent, and not of all of the time either. `others` stand beside it.
 */
export function spentText(
  spent: SpentSince,
  unit: Unit,
  known: Known,
  others: readonly SpentSince[] = [],
): string | undefined {
  const { amount } = spent;
  if (isWhole(spent, known)) return amountText(amount, unit, 'short', 'up');
  // At least nothing says nothing.
  if (amount === 0) return undefined;
  // A time that is known as a whole lies within each of which a part is missing.
  const within = others.filter(other => isWhole(other, known));
  const amounts = within.map(other => other.amount);
  return `≥ ${leastText(amount, unit, amounts)}`;
}

/**
 * What was spent at least, rounded down; but no less than it says of times `within` that are known as a whole, which are
 * rounded up.
 */
export function leastText(amount: number, unit: Unit, within: readonly number[]): string {
  const least = amountText(amount, unit, 'short', 'down');
  const same = within.find(other => amountText(other, unit, 'short', 'down') === least);
  return same === undefined ? least : amountText(same, unit, 'short', 'up');
}

function isWhole({ from }: SpentSince, { since, until }: Known): boolean {
  return until === undefined && Date.parse(since) <= from;
}

/** What a key spent today; undefined while nothing is known of that. */
export function spentTodayText({ spend, reading }: KeyState, now: number): string | undefined {
  return (
    spend && reading && spentText({ amount: spend.today, from: startOfDay(dayOf(now)) }, reading.unit, spend)
  );
}
