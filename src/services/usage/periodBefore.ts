import type { Store } from '../../core/ports/store.ts';
import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import { localDay, parseRange, type Range } from '../../core/usage/range.ts';
import type { RangeEnds } from '../../core/usage/rangePresets.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { PeriodBefore } from '../../text/review/reviewContent.ts';
import { recordedUsage } from './recordedUsage.ts';

/** The period of equal length before a range of whole days or of moments. `now` is in epoch milliseconds. */
export function periodBefore(range: Range, now: number): RangeEnds | undefined {
  const days = { from: localDay(range.from), to: localDay(range.to) };
  const wholeDays = parseRange(days.from, days.to, now).range;
  const isWholeDays = wholeDays?.from === range.from && wholeDays.to === range.to;
  const moments = { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  return previousPeriod(isWholeDays ? days : moments, now);
}

/** What a key spent in the period before its report's range, as far as it is known without asking. */
export function spentBefore(
  store: Store,
  { keyId, unit }: UsageReport,
  range: Range,
  now: number,
): PeriodBefore | undefined {
  const ends = periodBefore(range, now);
  const before = ends && parseRange(ends.from, ends.to, now).range;
  const usage = before && recordedUsage(store, keyId, unit, before);
  if (!usage?.total) return undefined;
  return { unit: usage.unit, used: usage.total.used, isComplete: usage.coverage.complete };
}
