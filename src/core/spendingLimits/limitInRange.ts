import { dayFrom } from '../ledger/dayText.ts';
import { dayOf, startOfDay } from '../ledger/localDays.ts';
import type { TimeSpan } from '../ports/ledgerTable.ts';
import { exact } from '../quota/exact.ts';
import type { Range } from '../usage/range.ts';
import type { UsageReport } from '../usage/usageReport.ts';
import { periodDays, type SpendingPeriod } from './period.ts';

/** What was spent in one period of a limit, as far as a range has it. */
export interface PeriodSpend {
  /** Its first day and that of the next one, counted as in `dayOf`. */
  readonly days: TimeSpan;
  readonly used: number;
  /** Whether the range has all of it that has passed. */
  readonly isWhole: boolean;
}

/**
 * What some reports on a range spent in each period that it touches, oldest first; undefined where it touches several and
 * spend is not known by day. `now` is in epoch milliseconds.
 */
export function spendByPeriod(
  reports: readonly Pick<UsageReport, 'total' | 'byDay'>[],
  period: SpendingPeriod,
  range: Range,
  now: number,
  monthBegins: number,
): readonly PeriodSpend[] | undefined {
  const periods = periodsIn(period, range, monthBegins);
  const spent = periods.length === 1 ? [totalOf(reports)] : spentIn(periods, reports);
  return spent && periods.map((days, index) => periodSpend(days, spent[index] ?? 0, range, now));
}

function periodsIn(period: SpendingPeriod, { from, to }: Range, monthBegins: number): TimeSpan[] {
  const periods: TimeSpan[] = [];
  const last = dayOf(to);
  for (let day = dayOf(from); day <= last; ) {
    const days = periodDays(period, startOfDay(day), monthBegins);
    periods.push(days);
    day = days.to;
  }
  return periods;
}

function totalOf(reports: readonly Pick<UsageReport, 'total'>[]): number {
  return reports.reduce((sum, { total }) => sum + (total?.used ?? 0), 0);
}

function spentIn(
  periods: readonly TimeSpan[],
  reports: readonly Pick<UsageReport, 'total' | 'byDay'>[],
): readonly number[] | undefined {
  const spent = periods.map(() => 0);
  for (const { total, byDay } of reports) {
    if (!byDay) {
      if (total?.used) return undefined;
      continue;
    }
    for (const { name, used } of byDay) {
      const day = dayFrom(name);
      const index = periods.findIndex(({ from, to }) => day >= from && day < to);
      if (index >= 0) spent[index] = (spent[index] ?? 0) + used;
    }
  }
  return spent;
}

function periodSpend(days: TimeSpan, used: number, range: Range, now: number): PeriodSpend {
  const end = Math.min(startOfDay(days.to) - 1, now);
  return {
    days,
    used: exact(used),
    isWhole: range.from <= startOfDay(days.from) && range.to >= end,
  };
}
