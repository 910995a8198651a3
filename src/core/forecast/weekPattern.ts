import { HOUR_MS, WEEK_MS } from '../time.ts';
import { isWeekend, type WatchedHour } from './watchedHours.ts';

/** With this many days the hours of a day have a pattern worth following through the night. */
const PATTERN_HOURS = 3 * 24;
/** Less of an hour says nothing about that hour. */
const MIN_SHARE = 0.5;
/** More than this many times what the same hour brought on its second day is a burst. */
const TIMES_SECOND = 2;
/** A walk from hour to hour that takes longer than a week, and a day for what rounding leaves, takes for ever. */
const MAX_STEPS = 8 * 24;

/** The hours of working days, then those of days of the weekend. */
type Rates = readonly [working: readonly number[], weekend: readonly number[]];

/** How spend is spread over a week. */
export interface WeekPattern {
  /** The moment an amount is gone if spend goes on like this; undefined when it never is. */
  runsOutAt(amount: number, now: number): number | undefined;
}

/** The usual spend in each hour of working days and of weekends; the same in all until there is a pattern. */
export function weekPattern(hours: readonly WatchedHour[]): WeekPattern {
  const rates = ratesOf(hours);
  return { runsOutAt: (amount, now) => walk(amount, rates, now) };
}

function ratesOf(hours: readonly WatchedHour[]): Rates {
  const watched = hours.reduce((sum, { share }) => sum + share, 0);
  const total = hours.reduce((sum, { spent }) => sum + spent, 0);
  const flat = total / watched;
  if (watched < PATTERN_HOURS) return [new Array<number>(24).fill(flat), new Array<number>(24).fill(flat)];
  const slots = Array.from({ length: 48 }, (): Slot => ({ spends: [], share: 0 }));
  for (const { hourOfDay, isWeekend: ofWeekend, spent, smeared, share } of hours) {
    const slot = slots[hourOfDay + (ofWeekend ? 24 : 0)];
    slot?.spends.push(spent - smeared);
    if (slot) slot.share += share;
  }
  const habits = slots.map(habitOf);
  // What is no habit of an hour goes on at any: it was spent, and nobody knows when it will be again.
  const elsewhere = Math.max(0, total - habits.reduce((sum, habit) => sum + habit, 0)) / watched;
  const rate = (hour: number, otherKind: number) => {
    // A weekend nobody has seen yet is taken for ordinary days: better too early than too late.
    const known = [hour, otherKind].find(each => (slots[each]?.share ?? 0) >= MIN_SHARE);
    if (known === undefined) return flat;
    return elsewhere + (habits[known] ?? 0) / (slots[known]?.share ?? 1);
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
function habitOf({ spends }: Slot): number {
  const [, second = 0] = spends.toSorted((a, b) => b - a);
  return spends.reduce((sum, spent) => sum + Math.min(spent, second * TIMES_SECOND), 0);
}

function walk(amount: number, [working, weekend]: Rates, now: number): number | undefined {
  const rateAt = (at: number) => {
    const date = new Date(at);
    return (isWeekend(date) ? weekend : working)[date.getHours()] ?? 0;
  };
  const perWeek = 5 * sum(working) + 2 * sum(weekend);
  if (!(perWeek > 0)) return undefined;
  const weeks = Math.max(0, Math.ceil(amount / perWeek) - 1);
  let left = amount - weeks * perWeek;
  let at = now + weeks * WEEK_MS;
  for (let step = 0; step < MAX_STEPS; step++) {
    const end = (Math.floor(at / HOUR_MS) + 1) * HOUR_MS;
    const spend = (rateAt(at) * (end - at)) / HOUR_MS;
    if (spend > 0 && spend >= left) return at + (left / spend) * (end - at);
    left -= spend;
    at = end;
  }
  return undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
