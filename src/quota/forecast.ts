import { headroomOf } from './headroom.ts';
import type { Forecast } from './keyState.ts';
import type { Reading } from './reading.ts';

/** Spend in one span of time, as recorded. Epoch milliseconds; amounts in the reading's unit. */
export interface SpendSpan {
  readonly at: number;
  readonly spent: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What is looked back on: a week has every kind of day. */
export const FORECAST_WINDOW_MS = 7 * DAY_MS;
/** Before this much has been watched, any rate is an accident. */
const MIN_WATCHED_MS = 6 * HOUR_MS;
const MIN_SPENDING_HOURS = 3;
/** With this many days the hours of a day have a pattern worth following through the night. */
const PATTERN_DAYS = 3;
const HORIZON_DAYS = 365;

/**
 * How long a key lasts if spend goes on as in the recent past. Idle hours count, so nights and weekends
 * slow it down; top-ups and refunds do not, because they never were spend. Says nothing rather than guess.
 */
export function forecastOf(
  reading: Reading,
  spans: readonly SpendSpan[],
  watchedSince: number,
  now: number,
): Forecast {
  const { remaining, unlimited } = headroomOf(reading);
  const from = Math.max(watchedSince, now - FORECAST_WINDOW_MS);
  const watchedMs = now - from;
  const hours = spendByHour(spans, from, now);
  const spendingHours = hours.filter(spent => spent > 0).length;
  if (watchedMs < MIN_WATCHED_MS || spendingHours < MIN_SPENDING_HOURS) return { confidence: 'none' };
  const total = hours.reduce((sum, spent) => sum + spent, 0);
  const perDay = (total / watchedMs) * DAY_MS;
  const confidence = confidenceOf(watchedMs, hours);
  if (unlimited || remaining === undefined || remaining <= 0) return { perDay: round(perDay), confidence };
  const runsOutAt = walkForward(remaining, hours, from, watchedMs, now);
  const lasts = runsOutAt !== undefined && !resetsBefore(reading, runsOutAt);
  return {
    perDay: round(perDay),
    confidence,
    lastsUntil: lasts ? new Date(runsOutAt).toISOString() : undefined,
  };
}

/** Spend of each whole hour since `from`, the running one included. */
function spendByHour(spans: readonly SpendSpan[], from: number, now: number): number[] {
  const hours = new Array<number>(Math.max(1, Math.ceil((now - from) / HOUR_MS))).fill(0);
  for (const { at, spent } of spans) {
    const index = Math.floor((at - from) / HOUR_MS);
    if (index >= 0 && index < hours.length) hours[index] = (hours[index] ?? 0) + spent;
  }
  return hours;
}

/** Days agree with each other, or they do not: the scatter of daily spend decides, and how many there are. */
function confidenceOf(watchedMs: number, hours: readonly number[]): Forecast['confidence'] {
  const days = Math.floor(watchedMs / DAY_MS);
  if (days < 2) return 'low';
  const sums = Array.from({ length: days }, (_, day) =>
    hours
      .slice(hours.length - (day + 1) * 24, hours.length - day * 24)
      .reduce((sum, spent) => sum + spent, 0),
  );
  const mean = sums.reduce((sum, spent) => sum + spent, 0) / days;
  if (mean <= 0) return 'low';
  const scatter = Math.sqrt(sums.reduce((sum, spent) => sum + (spent - mean) ** 2, 0) / days) / mean;
  if (scatter > 1.2) return 'low';
  return days >= 5 && scatter < 0.6 ? 'good' : 'fair';
}

/** The moment the remaining amount is gone, hour by hour along the pattern of the day. */
function walkForward(
  remaining: number,
  hours: readonly number[],
  from: number,
  watchedMs: number,
  now: number,
): number | undefined {
  const rates = hourlyRates(hours, from, watchedMs);
  let left = remaining;
  for (let hour = 0; hour < HORIZON_DAYS * 24; hour++) {
    const at = now + hour * HOUR_MS;
    const rate = rates[hourOfDay(at)] ?? 0;
    if (rate > 0 && rate >= left) return at + (left / rate) * HOUR_MS;
    left -= rate;
  }
  return undefined;
}

/** Spend to expect in each hour of the day; the same for all of them until there is a pattern. */
function hourlyRates(hours: readonly number[], from: number, watchedMs: number): number[] {
  const total = hours.reduce((sum, spent) => sum + spent, 0);
  if (watchedMs < PATTERN_DAYS * DAY_MS) return new Array<number>(24).fill((total / watchedMs) * HOUR_MS);
  const sums = new Array<number>(24).fill(0);
  const counts = new Array<number>(24).fill(0);
  hours.forEach((spent, index) => {
    const hour = hourOfDay(from + index * HOUR_MS);
    sums[hour] = (sums[hour] ?? 0) + spent;
    counts[hour] = (counts[hour] ?? 0) + 1;
  });
  return sums.map((sum, hour) => sum / Math.max(1, counts[hour] ?? 1));
}

/** By the local clock, which is what people's days follow. */
function hourOfDay(at: number): number {
  return new Date(at).getHours();
}

function resetsBefore({ budget }: Reading, runsOutAt: number): boolean {
  return budget?.resetsAt !== undefined && Date.parse(budget.resetsAt) < runsOutAt;
}

function round(amount: number): number {
  return Number(amount.toPrecision(3));
}
