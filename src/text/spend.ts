import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText } from './amount.ts';

/** What was spent since a moment in epoch milliseconds: at least so much, where a part of that time is not known. */
export function spentText(
  amount: number,
  unit: Unit,
  { since }: Pick<KeySpend, 'since'>,
  from: number,
): string {
  const isWhole = Date.parse(since) <= from;
  const text = amountText(amount, unit, 'short', isWhole ? 'up' : 'down');
  return isWhole ? text : `≥ ${text}`;
}

/** What a key spent today; undefined while nothing is known of that. */
export function spentTodayText({ spend, reading }: KeyState, now: number): string | undefined {
  return spend && reading && spentText(spend.today, reading.unit, spend, new Date(now).setHours(0, 0, 0, 0));
}
