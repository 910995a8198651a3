import { median } from './median.ts';
import { localDay } from './range.ts';

/** Days looked back on: two weeks have every kind of day twice. */
export const NORMAL_DAYS = 14;
/** Before so many whole days were watched, no day is ordinary. */
const MIN_DAYS = 5;
const DAY_MS = 86_400_000;

/** The first day that counts towards an ordinary one. */
export function normalSince(now: number): string {
  return dayBefore(now, NORMAL_DAYS);
}

/**
 * What a key spends on an ordinary day: the middle one of its last two weeks, days without spend included.
 * Undefined until it was watched for long enough. `watchedSince` in epoch milliseconds.
 */
export function normalSpend(
  byDay: ReadonlyMap<string, number>,
  watchedSince: number,
  now: number,
): number | undefined {
  const first = localDay(watchedSince);
  const days: number[] = [];
  for (let back = 1; back <= NORMAL_DAYS; back++) {
    const day = dayBefore(now, back);
    // The day on which watching began is not a whole one.
    if (day <= first) break;
    days.push(byDay.get(day) ?? 0);
  }
  if (days.length < MIN_DAYS) return undefined;
  return median(days);
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
export function spentToday(spans: readonly WatchedSpan[], now: number): number {
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
