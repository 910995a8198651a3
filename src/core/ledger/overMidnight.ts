import type { TimeSpan } from '../ports/ledgerTable.ts';
import { HOUR_MS } from '../time.ts';
import { dayOf, startOfDay } from './localDays.ts';

/**
 * Spend that was noticed over midnight after no longer than this is divided evenly between both days. Ordinary polls are
 * minutes apart, and those of keys that stand still up to an hour; after longer times, as with the editor closed, all of it
 * may have been spent on either day.
 */
const DIVISIBLE_MS = HOUR_MS;

/** A part of what was spent on one local day. */
export interface DayPart {
  readonly at: number;
  readonly spent: number;
}

/** Whether what was spent within a span may be divided between the days that it is of. */
export function isDivisible({ from, to }: TimeSpan): boolean {
  return to - from <= DIVISIBLE_MS;
}

/** Whether all of a span, whose end is excluded, is of one local day. */
export function isOfOneDay({ from, to }: TimeSpan): boolean {
  return dayOf(from) === dayOf(Math.max(from, to - 1));
}

/** What was spent within a span, by local day; undefined where that is not known. */
export function dividedByDay(span: TimeSpan, spent: number): readonly DayPart[] | undefined {
  const { from, to } = span;
  const last = dayOf(Math.max(from, to - 1));
  const ofLast = dayOf(to) === last ? to : startOfDay(last + 1) - 1;
  if (isOfOneDay(span)) return [{ at: ofLast, spent }];
  if (!isDivisible(span)) return undefined;
  const midnight = startOfDay(last);
  const before = (spent * (midnight - from)) / (to - from);
  return [
    { at: midnight - 1, spent: before },
    { at: ofLast, spent: spent - before },
  ];
}
