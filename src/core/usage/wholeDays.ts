import { startOfDay } from '../ledger/localDays.ts';
import { HOUR_MS } from '../time.ts';
import type { UsageReport } from './usageReport.ts';

/** Figures of today that end so long ago at most are those of today so far. */
const SLACK_MS = HOUR_MS;

/** The local days of which a report lacks nothing; the rest of a day that is not over does not count as missing. */
export function wholeDays(
  { total, coverage }: Pick<UsageReport, 'total' | 'coverage'>,
  days: readonly number[],
  now: number,
): readonly boolean[] {
  const { complete, from, to, gaps = [] } = coverage;
  if (complete) return days.map(() => true);
  if (total === undefined || from === undefined || to === undefined) return days.map(() => false);
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const missing = gaps.map(gap => [Date.parse(gap.from), Date.parse(gap.to)] as const);
  return days.map(day => {
    const [start, end] = [startOfDay(day), Math.min(startOfDay(day + 1), now)];
    const isWithin = first <= start && last >= (end === now ? end - SLACK_MS : end - 1);
    return isWithin && !missing.some(([begin, until]) => begin < end && until > start);
  });
}
