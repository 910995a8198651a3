import { dayOf, startOfDay } from '../ledger/localDays.ts';
import type { TimeSpan } from '../ports/ledgerTable.ts';
import { DAY_MS } from '../time.ts';

/** The periods that a limit may hold for, by the local calendar. */
export const SPENDING_PERIODS = ['day', 'week', 'month'] as const;

export type SpendingPeriod = (typeof SPENDING_PERIODS)[number];

/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday. */
const WEEKDAY_OF_FIRST = 3;
const WEEK_DAYS = 7;

/**
 * The days of the period that a moment is in, counted as in `dayOf`: its first, and the first of the next one. A week
 * begins on Monday, a month on its day `monthBegins`, 1 to 28.
 */
export function periodDays(period: SpendingPeriod, now: number, monthBegins: number): TimeSpan {
  const today = dayOf(now);
  switch (period) {
    case 'day':
      return { from: today, to: today + 1 };
    case 'week': {
      const from = today - ((today + WEEKDAY_OF_FIRST) % WEEK_DAYS);
      return { from, to: from + WEEK_DAYS };
    }
    case 'month':
      return monthDays(today, monthBegins);
  }
}

/** When the period that a moment is in begins and ends, in epoch milliseconds. */
export function periodSpan(period: SpendingPeriod, now: number, monthBegins: number): TimeSpan {
  const { from, to } = periodDays(period, now, monthBegins);
  return { from: startOfDay(from), to: startOfDay(to) };
}

function monthDays(today: number, monthBegins: number): TimeSpan {
  const date = new Date(today * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() - (date.getUTCDate() < monthBegins ? 1 : 0);
  return {
    from: Date.UTC(year, month, monthBegins) / DAY_MS,
    to: Date.UTC(year, month + 1, monthBegins) / DAY_MS,
  };
}
