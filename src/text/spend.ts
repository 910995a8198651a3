import { isUndivided } from '../core/ledger/isUndivided.ts';
import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText } from './amount.ts';

/** What was spent since a moment, in epoch milliseconds. */
export interface SpentSince {
  readonly amount: number;
  readonly from: number;
}

/** Whether nothing of some spend is missing since a moment, in epoch milliseconds. */
export type IsWhole = (from: number) => boolean;

/** The same for one key's spend. */
export function isWholeOf(spend: Pick<KeySpend, 'since' | 'until' | 'undividedAt'>): IsWhole {
  const { since, until } = spend;
  return from => until === undefined && Date.parse(since) <= from && !isUndivided(spend, from);
}

/**
 * What was spent since a moment: at least so much, where a part of that time is not known. Undefined where nothing is known
 * to be spent and a part is not known. `others` stand beside it.
 */
export function spentText(
  { amount, from }: SpentSince,
  unit: Unit,
  isWhole: IsWhole,
  others: readonly SpentSince[] = [],
): string | undefined {
  if (isWhole(from)) return amountText(amount, unit, 'short', 'up');
  // “At least 0” would say nothing.
  if (amount === 0) return undefined;
  // A period without missing parts lies within each one that has some.
  const within = others.filter(other => isWhole(other.from));
  const amounts = within.map(other => other.amount);
  return `≥ ${leastText(amount, unit, amounts)}`;
}

/**
 * The least that was spent, rounded down; but no less than the amounts of known periods `within` it, which are rounded
 * up.
 */
export function leastText(amount: number, unit: Unit, within: readonly number[]): string {
  const least = amountText(amount, unit, 'short', 'down');
  const same = within.find(other => amountText(other, unit, 'short', 'down') === least);
  return same === undefined ? least : amountText(same, unit, 'short', 'up');
}

/** What a key spent this month; undefined while nothing is known of that. */
export function spentMonthText({ spend, reading }: KeyState, now: number): string | undefined {
  if (!spend || !reading) return undefined;
  const first = new Date(now);
  const from = new Date(spend.monthFrom ?? new Date(first.getFullYear(), first.getMonth())).getTime();
  return spentText({ amount: spend.month, from }, reading.unit, isWholeOf(spend));
}

/** What a key spent today; undefined while nothing is known of that. */
export function spentTodayText({ spend, reading }: KeyState, now: number): string | undefined {
  if (!spend || !reading) return undefined;
  return spentText({ amount: spend.today, from: startOfDay(dayOf(now)) }, reading.unit, isWholeOf(spend));
}
