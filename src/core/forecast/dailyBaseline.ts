import { isDivisible } from '../ledger/overMidnight.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { median } from '../usage/median.ts';
import { localDay } from '../usage/range.ts';

/** Days that the baseline is made of: two weeks have every day of the week twice. */
export const BASELINE_DAYS = 14;
/** With fewer watched days there is no baseline. */
const MIN_BASELINE_DAYS = 5;
/** Days that were watched for less do not count: their spend is not known. */
const MIN_WATCHED_MS = 4 * HOUR_MS;

/** The first local day (`2026-06-01`) of the baseline of `now`, which is in epoch milliseconds. */
export function baselineFirstDay(now: number): string {
  return dayBefore(now, BASELINE_DAYS);
}

/** What was recorded of one local day. `spent` is in the key's display unit. */
export interface WatchedDay {
  readonly spent: number;
  /** For how long readings were taken that day. */
  readonly watchedMs: number;
}

/**
 * The baseline of a key's daily spend: the median of the watched days among the last 14, days without spend
 * included. `byDay` maps local days (`2026-06-01`); the result is in the unit of their `spent`, or undefined
 * while fewer than 5 of them were watched.
 */
export function dailyBaseline(byDay: ReadonlyMap<string, WatchedDay>, now: number): number | undefined {
  const days: number[] = [];
  for (let back = 1; back <= BASELINE_DAYS; back++) {
    const day = byDay.get(dayBefore(now, back));
    if (day && day.watchedMs >= MIN_WATCHED_MS) days.push(day.spent);
  }
  return days.length < MIN_BASELINE_DAYS ? undefined : median(days);
}

/** A span of equal readings, and what was spent since the span before it. Times are epoch milliseconds. */
export interface WatchedSpan {
  readonly from: number;
  readonly to: number;
  /** Since the span before. */
  readonly spent: number;
}

/**
 * What was spent today for certain, in the unit of the spans, which are in order of time. Spend between two readings
 * that have midnight between them counts in proportion to the part of that time which is today's where it is short;
 * else all of it may have been spent before today, as after a weekend with the editor closed.
 */
export function certainSpendToday(spans: readonly WatchedSpan[], now: number): number {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let sum = 0;
  let last: number | undefined;
  for (const { from, to, spent } of spans) {
    const since = last ?? from - DAY_MS;
    if (since >= midnight) sum += spent;
    else if (from >= midnight && isDivisible({ from: since, to: from }))
      sum += (spent * (from - midnight)) / (from - since);
    last = to;
  }
  return sum;
}

function dayBefore(now: number, days: number): string {
  const at = new Date(now);
  at.setHours(12, 0, 0, 0);
  at.setDate(at.getDate() - days);
  return localDay(at.getTime());
}
