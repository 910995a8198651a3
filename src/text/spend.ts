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
  const { amount, from } = spent;
  if (isWhole(spent, known)) return amountText(amount, unit, 'short', 'up');
  // At least nothing says nothing.
  if (amount === 0) return undefined;
  const least = amountText(amount, unit, 'short', 'down');
  // Of one figure that is rounded up here and down there, the lesser would contradict the other.
  const within = others.find(
    other =>
      other.from >= from &&
      isWhole(other, known) &&
      amountText(other.amount, unit, 'short', 'down') === least,
  );
  return `≥ ${within ? amountText(within.amount, unit, 'short', 'up') : least}`;
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
