import { HOUR_MS, WEEK_MS } from '../time.ts';
import { isWeekend, type WatchedHour } from './watchedHours.ts';

/** With this many days the hours of a day have a pattern worth following through the night. */
const MIN_PATTERN_HOURS = 3 * 24;
/** Less of an hour says nothing about that hour. */
const MIN_WATCHED_SHARE = 0.5;
/** More than this many times what the same hour brought on its second day is a burst. */
const OUTLIER_FACTOR = 2;
/** A walk from hour to hour that takes longer than a week, and a day for what rounding leaves, takes for ever. */
const MAX_HOURS = 8 * 24;

/** The hours of working days, then those of days of the weekend. */
type Rates = readonly [working: readonly number[], weekend: readonly number[]];

/** How spend is spread over a week. */
export interface WeekPattern {
  /** The moment an amount is gone if spend goes on like this; undefined when it never is. */
  runsOutAt(amount: number, now: number): number | undefined;
}

/** The usual spend in each hour of working days and of weekends; the same in all until there is a pattern. */
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
  // What is no habit of an hour goes on at any: it was spent, and nobody knows when it will be again.
  const irregularRate = Math.max(0, total - usualSpends.reduce((sum, usual) => sum + usual, 0)) / watched;
  const rate = (hour: number, fallbackHour: number) => {
    // A weekend nobody has seen yet is taken for ordinary days: better too early than too late.
    const slotIndex = [hour, fallbackHour].find(each => (slots[each]?.share ?? 0) >= MIN_WATCHED_SHARE);
    if (slotIndex === undefined) return averageRate;
    return irregularRate + (usualSpends[slotIndex] ?? 0) / (slots[slotIndex]?.share ?? 1);
  };
  const day = Array.from({ length: 24 }, (_, hour) => hour);
  return [day.map(hour => rate(hour, hour + 24)), day.map(hour => rate(hour + 24, hour))];
}

/** One hour of the day, on all days of a kind. */
interface Slot {
  readonly spends: number[];
  share: number;
}

/** What is usual at an hour: a single burst is not, however much it was. */
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
