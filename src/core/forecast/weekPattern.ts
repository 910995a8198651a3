import { HOUR_MS, WEEK_MS } from '../time.ts';
import { isWeekend, type WatchedHour } from './watchedHours.ts';

/** With less watched time all hours have the average rate. */
const MIN_PATTERN_HOURS = 3 * 24;
/** An hour of the day that was watched for less has no rate of its own. */
const MIN_WATCHED_SHARE = 0.5;
/** Spend above this many times the second highest day's is an outlier of its hour. */
const OUTLIER_FACTOR = 2;
/** A week, and a day for rounding: the simulation has ended by then. */
const MAX_HOURS = 8 * 24;

/** Spend per hour of the day: for working days, and for weekends. */
type Rates = readonly [working: readonly number[], weekend: readonly number[]];

/** The pattern of spend over a week. */
export interface WeekPattern {
  /**
   * When `amount` (in the unit of the hours) is used up if spend goes on like this, in epoch milliseconds;
   * undefined when it never is.
   */
  runsOutAt(amount: number, now: number): number | undefined;
}

/**
 * Learns the rate of each hour of working days and of weekends. Outliers are spread over all hours, and until
 * three days were watched so is everything.
 */
export function weekPattern(hours: readonly WatchedHour[]): WeekPattern {
  const rates = hourlyRates(hours);
  return { runsOutAt: (amount, now) => simulateSpend(amount, rates, now) };
}

function hourlyRates(hours: readonly WatchedHour[]): Rates {
  const watched = hours.reduce((sum, { share }) => sum + share, 0);
  const total = hours.reduce((sum, { spent }) => sum + spent, 0);
  const averageRate = total / watched;
  if (watched < MIN_PATTERN_HOURS)
    return [new Array<number>(24).fill(averageRate), new Array<number>(24).fill(averageRate)];
  const slots = Array.from({ length: 48 }, (): Slot => ({ spends: [], share: 0 }));
  for (const { hourOfDay, isWeekend: ofWeekend, spent, interpolated, share } of hours) {
    const slot = slots[hourOfDay + (ofWeekend ? 24 : 0)];
    slot?.spends.push(spent - interpolated);
    if (slot) slot.share += share;
  }
  const usualSpends = slots.map(spendWithoutOutlier);
  // The part of the spend that outliers are goes on at any hour, as an average.
  const irregularRate = Math.max(0, total - usualSpends.reduce((sum, usual) => sum + usual, 0)) / watched;
  const rate = (hour: number, fallbackHour: number) => {
    // Fallback for hours that were not watched on such days: the same hour of the other kind of day.
    const slotIndex = [hour, fallbackHour].find(each => (slots[each]?.share ?? 0) >= MIN_WATCHED_SHARE);
    if (slotIndex === undefined) return averageRate;
    return irregularRate + (usualSpends[slotIndex] ?? 0) / (slots[slotIndex]?.share ?? 1);
  };
  const day = Array.from({ length: 24 }, (_, hour) => hour);
  return [day.map(hour => rate(hour, hour + 24)), day.map(hour => rate(hour + 24, hour))];
}

/** All samples of one hour of the day, for working days or for weekends. */
interface Slot {
  readonly spends: number[];
  share: number;
}

/** The sum of an hour's spends with outliers clamped, so that a single burst does not become its pattern. */
function spendWithoutOutlier({ spends }: Slot): number {
  const [, second = 0] = spends.toSorted((a, b) => b - a);
  return spends.reduce((sum, spent) => sum + Math.min(spent, second * OUTLIER_FACTOR), 0);
}

function simulateSpend(amount: number, [working, weekend]: Rates, now: number): number | undefined {
  const rateAt = (at: number) => {
    const date = new Date(at);
    return (isWeekend(date) ? weekend : working)[date.getHours()] ?? 0;
  };
  const perWeek = 5 * sum(working) + 2 * sum(weekend);
  if (!(perWeek > 0)) return undefined;
  const weeks = Math.max(0, Math.ceil(amount / perWeek) - 1);
  let remaining = amount - weeks * perWeek;
  let at = now + weeks * WEEK_MS;
  for (let step = 0; step < MAX_HOURS; step++) {
    const end = (Math.floor(at / HOUR_MS) + 1) * HOUR_MS;
    const spend = (rateAt(at) * (end - at)) / HOUR_MS;
    if (spend > 0 && spend >= remaining) return at + (remaining / spend) * (end - at);
    remaining -= spend;
    at = end;
  }
  return undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
