import { HOUR_MS } from '../time.ts';
import type { SpendSpan } from './spendSpan.ts';

/** One hour of the past as it was watched. */
export interface WatchedHour {
  /** When it begins, in epoch milliseconds. */
  readonly at: number;
  /** Which part of it was watched, 0 to 1: the first and the running hour are not whole. */
  readonly share: number;
  readonly spent: number;
  /** The part of `spent` whose hour is a guess, because nobody looked for long. */
  readonly interpolated: number;
  /** By the local clock, which is what people's days follow. */
  readonly hourOfDay: number;
  readonly isWeekend: boolean;
}

/** Spend noticed after a longer gap may have been in any hour of it. */
const MAX_SAMPLE_GAP_MS = 3 * HOUR_MS;

/**
 * The spend of each hour between two moments. What was noticed after a gap is spread over the gap, because
 * nobody knows when in it the spending was.
 */
export function watchedHours(spans: readonly SpendSpan[], from: number, to: number): readonly WatchedHour[] {
  const first = Math.floor(from / HOUR_MS);
  const count = Math.max(0, Math.ceil(to / HOUR_MS) - first);
  const spends = new Array<number>(count).fill(0);
  const interpolatedSpends = new Array<number>(count).fill(0);
  for (const span of spans) {
    const isInterpolated = span.at - (span.since ?? span.at) > MAX_SAMPLE_GAP_MS;
    distributeOverHours(span, from, to, (at, spent) => {
      addToHour(spends, at, first, spent);
      if (isInterpolated) addToHour(interpolatedSpends, at, first, spent);
    });
  }
  return spends.map((spent, index) => {
    const at = (first + index) * HOUR_MS;
    const share = (Math.min(to, at + HOUR_MS) - Math.max(from, at)) / HOUR_MS;
    const date = new Date(at);
    const interpolated = interpolatedSpends[index] ?? 0;
    return { at, share, spent, interpolated, hourOfDay: date.getHours(), isWeekend: isWeekend(date) };
  });
}

/** What was spent between two moments, and how often that was noticed there. */
export function spentBetween(spans: readonly SpendSpan[], from: number, to: number) {
  let spent = 0;
  let samples = 0;
  for (const span of spans) {
    if (span.at <= from || span.at > to) continue;
    if (span.spent > 0) samples++;
    distributeOverHours(span, from, to, (_at, part) => {
      spent += part;
    });
  }
  return { spent, samples };
}

export function isWeekend(date: Date): boolean {
  return date.getDay() === 0 || date.getDay() === 6;
}

function addToHour(spends: number[], at: number, first: number, spent: number): void {
  const index = Math.floor(at / HOUR_MS) - first;
  if (index >= 0 && index < spends.length) spends[index] = (spends[index] ?? 0) + spent;
}

/** Hands out a span's spend hour by hour; what lies outside of the watched time is left out. */
function distributeOverHours(
  { at, since = at, spent }: SpendSpan,
  from: number,
  to: number,
  addPart: (at: number, spent: number) => void,
): void {
  if (spent <= 0 || at < from || at > to) return;
  // What was noticed at the full hour was spent in the hour before.
  if (since >= at) {
    addPart(Math.max(from, at - 1), spent);
    return;
  }
  for (let start = Math.max(from, since); start < at; ) {
    const end = Math.min(at, (Math.floor(start / HOUR_MS) + 1) * HOUR_MS);
    addPart(start, (spent * (end - start)) / (at - since));
    start = end;
  }
}
