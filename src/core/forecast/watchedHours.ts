import { HOUR_MS } from '../time.ts';
import type { SpendSpan } from './spendSpan.ts';

/** One hour of the past, in which readings were taken. Amounts are in the unit of the samples. */
export interface WatchedHour {
  /** Its beginning, in epoch milliseconds. */
  readonly at: number;
  /** The part of it that was watched, 0 to 1: the first and the current hour are not whole. */
  readonly share: number;
  readonly spent: number;
  /** The part of `spent` that was spread over a gap between readings, so that its hour is a guess. */
  readonly interpolated: number;
  /** 0 to 23, by the local clock. */
  readonly hourOfDay: number;
  readonly isWeekend: boolean;
}

/** Samples with a longer gap before them may belong to any hour of it: they are interpolated. */
const MAX_SAMPLE_GAP_MS = 3 * HOUR_MS;

/**
 * The spend of each hour between two moments (epoch milliseconds), in order. A sample after a gap is spread
 * evenly over the gap.
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

/**
 * What was spent between two moments (epoch milliseconds), in the unit of the samples, and by how many
 * samples that is known.
 */
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

/** Whether a date is a Saturday or Sunday by the local clock. */
export function isWeekend(date: Date): boolean {
  return date.getDay() === 0 || date.getDay() === 6;
}

function addToHour(spends: number[], at: number, first: number, spent: number): void {
  const index = Math.floor(at / HOUR_MS) - first;
  const before = spends[index];
  if (before !== undefined) spends[index] = before + spent;
}

/** Distributes a sample over the hours since the one before it; what lies before `from` is left out. */
function distributeOverHours(
  { at, since = at, spent }: SpendSpan,
  from: number,
  to: number,
  addPart: (at: number, spent: number) => void,
): void {
  if (spent <= 0 || at < from || at > to) return;
  // A sample at the full hour belongs to the hour before.
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
