import { endOf } from '../quota/ends.ts';
import { headroomOf } from '../quota/headroom.ts';
import type { Forecast } from '../quota/keyState.ts';
import type { Reading } from '../quota/reading.ts';
import { namedResetAt } from '../quota/resets.ts';
import { isSameUnit } from '../quota/unit.ts';
import { DAY_MS, HOUR_MS, isoTime } from '../time.ts';
import type { SpendSpan } from './spendSpan.ts';
import { spentBetween, type WatchedHour, watchedHours } from './watchedHours.ts';
import { weekPattern } from './weekPattern.ts';

/** How far back readings are used: a week has every kind of day. */
export const FORECAST_WINDOW_MS = 7 * DAY_MS;
/** With less time watched a rate means nothing. */
const MIN_WATCHED_MS = 6 * HOUR_MS;
/** The fewest hours with spend, and the fewest samples of spend. A long gap is a single sample. */
const MIN_SPEND_SAMPLES = 3;
/** After so long without spend the rate is 0. */
const IDLE_AFTER_MS = 2 * DAY_MS;
/** Forecasts that end later are left out. */
const MAX_FORECAST_MS = 365 * DAY_MS;
/** A burst is seen in the last hour, by at least so many samples of spend. */
const BURST_WINDOW_MS = HOUR_MS;
const MIN_BURST_SAMPLES = 3;
/** A burst is expected to last for at most so long. */
const MAX_BURST_MS = 2 * HOUR_MS;

/**
 * Estimates how long a key lasts if spend goes on as in the last week. Idle hours count, so nights and
 * weekends lower the rate; top-ups and refunds do not. `spans` are in the reading's display unit, times in
 * epoch milliseconds. `perDay` is in the reading's unit: what is left divided by it gives `lastsUntil` (ISO
 * 8601), which is absent where the quota is unlimited, unknown or in another unit, where the key, its plan or its budget ends
 * first, and beyond a year. `confidence` is `none`, without figures, while too little was watched.
 */
export function estimateForecast(
  reading: Reading,
  spans: readonly SpendSpan[],
  watchedSince: number,
  now: number,
): Forecast {
  const from = Math.max(watchedSince, now - FORECAST_WINDOW_MS);
  const watchedMs = now - from;
  const hours = watchedHours(spans, from, now);
  const total = sumSpent(hours);
  if (total === 0 && watchedMs >= IDLE_AFTER_MS) return { perDay: 0, confidence: 'fair' };
  if (watchedMs < MIN_WATCHED_MS || !hasEnoughSamples(spans, hours)) return { confidence: 'none' };
  const confidence = rateConfidence(hours, now);
  const rateOnly = { perDay: round((total / watchedMs) * DAY_MS), confidence };
  const { remaining, unlimited, unit } = headroomOf(reading);
  if (unlimited || remaining === undefined || remaining <= 0) return rateOnly;
  // The quota that binds is counted in another unit than spend.
  if (!isSameUnit(unit, reading.unit)) return rateOnly;
  const end = burstRunOutAt(remaining, spans, now) ?? weekPattern(hours).runsOutAt(remaining, now);
  const lastsUntil = end === undefined ? undefined : Math.ceil(end);
  if (lastsUntil === undefined || lastsUntil <= now || lastsUntil > now + MAX_FORECAST_MS) return rateOnly;
  if (keyEndsBefore(reading, lastsUntil, now)) return rateOnly;
  return {
    perDay: round((remaining / (lastsUntil - now)) * DAY_MS),
    confidence,
    lastsUntil: isoTime(lastsUntil),
  };
}

/** When a burst will have used up `remaining`; undefined when there is no burst, or it will be over before. */
function burstRunOutAt(remaining: number, spans: readonly SpendSpan[], now: number): number | undefined {
  const { spent, samples } = spentBetween(spans, now - BURST_WINDOW_MS, now);
  if (samples < MIN_BURST_SAMPLES || spent <= 0) return undefined;
  const leftMs = (remaining / spent) * BURST_WINDOW_MS;
  return leftMs <= MAX_BURST_MS ? now + leftMs : undefined;
}

function hasEnoughSamples(spans: readonly SpendSpan[], hours: readonly WatchedHour[]): boolean {
  return (
    spans.filter(({ spent }) => spent > 0).length >= MIN_SPEND_SAMPLES &&
    hours.filter(({ spent }) => spent > 0).length >= MIN_SPEND_SAMPLES
  );
}

/**
 * How sure the rate is: by the number of whole days, and by the standard deviation of their spend from the
 * mean of their kind (working days, weekends), relative to the mean of all. Days whose spend is mostly
 * interpolated do not count.
 */
function rateConfidence(hours: readonly WatchedHour[], now: number): Forecast['confidence'] {
  const today = new Date(now).toDateString();
  const days = [...Map.groupBy(hours, ({ at }) => new Date(at).toDateString())]
    .filter(([day, ofDay]) => day !== today && ofDay.reduce((sum, { share }) => sum + share, 0) > 22)
    .filter(
      ([, ofDay]) => ofDay.reduce((sum, { interpolated }) => sum + interpolated, 0) <= sumSpent(ofDay) / 2,
    )
    .map(([, ofDay]) => ({ isWeekend: ofDay[0]?.isWeekend ?? false, spent: sumSpent(ofDay) }));
  const mean = sumSpent(days) / days.length;
  if (days.length < 2 || mean <= 0) return 'low';
  const squaredErrors = days.map(({ isWeekend, spent }) => {
    const sameKind = days.filter(day => day.isWeekend === isWeekend);
    return (spent - sumSpent(sameKind) / sameKind.length) ** 2;
  });
  const relativeDeviation =
    Math.sqrt(squaredErrors.reduce((sum, square) => sum + square, 0) / days.length) / mean;
  if (relativeDeviation > 1.2) return 'low';
  return days.length >= 5 && relativeDeviation < 0.6 ? 'good' : 'fair';
}

/**
 * Whether the key, its plan or its budget period ends before `end`: then the quota does not run out. Only a
 * budget or a quota window starts again at its reset; a key's own cap and a balance do not.
 */
function keyEndsBefore(reading: Reading, end: number, now: number): boolean {
  const keyEnd = endOf(reading);
  if (keyEnd && keyEnd.at < end) return true;
  const { from } = headroomOf(reading);
  const resets = from === 'budget' || from === 'window' ? namedResetAt(reading) : undefined;
  return resets !== undefined && resets > now && resets < end;
}

function sumSpent(parts: readonly { readonly spent: number }[]): number {
  return parts.reduce((sum, { spent }) => sum + spent, 0);
}

function round(amount: number): number {
  return Number(amount.toPrecision(3));
}
