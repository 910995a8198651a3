import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText } from './amount.ts';

/**
 * What was spent since a moment in epoch milliseconds: at least so much, where a part of that time is not known. Undefined
 * where nothing is known to be spent, and not of all of the time either.
 */
export function spentText(
  amount: number,
  unit: Unit,
  { since, until }: Pick<KeySpend, 'since' | 'until'>,
  from: number,
): string | undefined {
  if (until === undefined && Date.parse(since) <= from) return amountText(amount, unit, 'short', 'up');
  // At least nothing says nothing.
  return amount === 0 ? undefined : `≥ ${amountText(amount, unit, 'short', 'down')}`;
}

/** What a key spent today; undefined while nothing is known of that. */
export function spentTodayText({ spend, reading }: KeyState, now: number): string | undefined {
  return spend && reading && spentText(spend.today, reading.unit, spend, startOfDay(dayOf(now)));
}
