import { DAY_MS, HOUR_MS } from '../time.ts';
import { median } from '../usage/median.ts';
import { localDay } from '../usage/range.ts';

/** Days looked back on: two weeks have every kind of day twice. */
export const BASELINE_DAYS = 14;
/** With fewer days that were watched, no day is ordinary. */
const MIN_BASELINE_DAYS = 5;
/** A day of which less was watched may have had any spend, or none, for all we know. */
const MIN_WATCHED_MS = 4 * HOUR_MS;

/** The first day that counts towards an ordinary one. */
export function baselineFirstDay(now: number): string {
  return dayBefore(now, BASELINE_DAYS);
}

/** What is known of one local day. */
export interface WatchedDay {
  readonly spent: number;
  /** For how long somebody looked. */
  readonly watchedMs: number;
}

/**
 * What a key spends on an ordinary day: the middle one of its last two weeks, watched days without spend included.
 * Days that nobody watched are not days without spend. Undefined until enough of them were watched.
 */
export function dailyBaseline(byDay: ReadonlyMap<string, WatchedDay>, now: number): number | undefined {
  const days: number[] = [];
  for (let back = 1; back <= BASELINE_DAYS; back++) {
    const day = byDay.get(dayBefore(now, back));
    if (day && day.watchedMs >= MIN_WATCHED_MS) days.push(day.spent);
  }
  return days.length < MIN_BASELINE_DAYS ? undefined : median(days);
}

/** A span without readings, and what was spent in it and until the next. Epoch milliseconds. */
export interface WatchedSpan {
  readonly from: number;
  readonly to: number;
  /** Since the span before. */
  readonly spent: number;
}

/**
 * What was surely spent today. Spend between two readings that have midnight between them counts by the part
 * of the time that is today's, so that a weekend with the editor closed is not Monday's.
 */
export function estimateSpentToday(spans: readonly WatchedSpan[], now: number): number {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let sum = 0;
  let last: number | undefined;
  for (const { from, to, spent } of spans) {
    const since = last ?? from - DAY_MS;
    if (from >= midnight) sum += since >= midnight ? spent : (spent * (from - midnight)) / (from - since);
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
