import type { KeySpend } from '../quota/keyState.ts';
import { isUndivided } from './isUndivided.ts';
import { dayOf, startOfDay } from './localDays.ts';

/** What was spent on each day; undefined for a day without known spend, some of which is not known. */
export function daysKnown(
  spend: Pick<KeySpend, 'days' | 'since' | 'until' | 'undividedAt'>,
  now: number,
): readonly (number | undefined)[] {
  const { days, since, until } = spend;
  const first = dayOf(now) - days.length + 1;
  return days.map((amount, index) => {
    const isKnown =
      Date.parse(since) <= startOfDay(first + index) &&
      !isUndivided(spend, startOfDay(first + index)) &&
      !isUndivided(spend, startOfDay(first + index + 1)) &&
      (until === undefined || first + index <= dayOf(Date.parse(until)));
    return amount > 0 || isKnown ? amount : undefined;
  });
}
