import { isoTime } from '../time.ts';
import { localDay, localDays, parseRange } from './range.ts';
import type { RangeEnds } from './rangePresets.ts';

/**
 * The period of equal length right before a range: as many whole days, or as many milliseconds. Undefined
 * where `from` and `to` are no range.
 */
export function previousPeriod({ from, to }: RangeEnds, now: number): RangeEnds | undefined {
  const { range } = parseRange(from, to, now);
  if (!range) return undefined;
  if (!isDay(from) || !isDay(to)) {
    const length = range.to - range.from;
    return {
      from: isoTime(range.from - length - 1),
      to: isoTime(range.from - 1),
    };
  }
  // Counted on the calendar, because days are not equally long where clocks change.
  const first = new Date(range.from);
  const dayBefore = (days: number) =>
    localDay(new Date(first.getFullYear(), first.getMonth(), first.getDate() - days, 12).getTime());
  return { from: dayBefore(localDays(range).length), to: dayBefore(1) };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
