import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { TimeSpan } from '../ports/ledgerTable.ts';
import { HOUR_MS } from '../time.ts';
import type { KnownSpend, LooseSum } from './knownSpend.ts';
import { dayOf, startOfDay } from './localDays.ts';
import { isDivisible, isOfOneDay } from './overMidnight.ts';
import { intersectSpans, isWithin, subtractSpans } from './spans.ts';

/** Readings of a day that leave out no more than this are all of it, as those of a day on which a key was added. */
const UNWATCHED_MS = HOUR_MS;

/** What readings noticed over midnight, of time that the ledger lacks: which part of it is of which day is not known. */
export interface OverMidnight extends LooseSum {
  /** The spans of that time, without those that the ledger covers. */
  readonly unseen: readonly TimeSpan[];
}

/** What is certain to be spent on each day, and what was spent on one of two. */
export interface DatedSpend {
  readonly days: ReadonlyMap<number, number>;
  readonly over: readonly OverMidnight[];
}

/**
 * What the ledger has of each day, and what readings noticed of the time that it lacks. Where that is the whole day,
 * and it was watched as a whole, their sum by day is complete, except for what its first reading noticed of the day
 * before.
 */
export function datedSpend(known: KnownSpend, days: TimeSpan, now: number): DatedSpend {
  const spent = new Map<number, number>();
  const over: OverMidnight[] = [];
  const add = (day: number, amount: number) => spent.set(day, (spent.get(day) ?? 0) + amount);
  const place = (noticed: SpendSpan) => {
    const sum = untold(known, noticed);
    if (!sum) return;
    if (isOfOneDay(sum)) add(dayOf(sum.from), sum.spent);
    else over.push(sum);
  };
  const carried = carriedInto(known, days, now);
  for (let day = days.from; day <= days.to; day++) {
    const told = known.toldDays.get(day) ?? 0;
    const before = carried.get(day);
    if (before) place(before);
    if (isReadAsWhole(known, day, now)) {
      const read = (known.readDays.get(day)?.spent ?? 0) - (before?.spent ?? 0);
      add(day, Math.max(told, read));
      continue;
    }
    add(day, told);
    const span = daySpan(day, now);
    if (isWithin(span, known.covered)) continue;
    for (const each of known.noticed(span)) if (dayOf(each.at) === day) place(each);
  }
  return { days: spent, over };
}

/**
 * What the first reading of a day noticed of the day before, by day; only of days that are not looked through reading by
 * reading, since they are read as a whole or the ledger has all of them.
 */
function carriedInto(known: KnownSpend, days: TimeSpan, now: number): ReadonlyMap<number, SpendSpan> {
  const isTold = (day: number) => isWithin(daySpan(day, now), known.covered);
  const noticedOn: number[] = [];
  for (let day = days.from; day <= days.to; day++) {
    if (!known.readDays.get(day)?.spent) continue;
    if (isTold(day) ? !isTold(day - 1) : isReadAsWhole(known, day, now)) noticedOn.push(day);
  }
  if (noticedOn.length === 0) return new Map();
  const found = known.noticedOver(noticedOn.map(startOfDay));
  return new Map(found.map(each => [dayOf(each.at), each]));
}

/** A day so far. */
export function daySpan(day: number, now: number): TimeSpan {
  return { from: startOfDay(day), to: Math.min(startOfDay(day + 1), now) };
}

/** Whether readings alone tell about a day, and about all of it. */
function isReadAsWhole(known: KnownSpend, day: number, now: number): boolean {
  return intersectSpans([daySpan(day, now)], known.covered).length === 0 && isWatched(known, day, now);
}

/** Whether all of a day that has passed until the last reading was watched. */
export function isWatched({ readDays, readAt }: KnownSpend, day: number, now: number): boolean {
  const { from, to } = daySpan(day, now);
  const { watchedMs, isElsewhere = false } = readDays.get(day) ?? {};
  if (watchedMs === undefined || isElsewhere) return false;
  return watchedMs >= Math.min(to, readAt) - from - UNWATCHED_MS;
}

/** The part of noticed spend that the ledger does not have; undefined where it has all. */
export function untold({ covered, told }: KnownSpend, noticed: SpendSpan): OverMidnight | undefined {
  const span = spanOf(noticed);
  const unseen = subtractSpans([span], covered);
  const [first, last] = [unseen[0], unseen.at(-1)];
  if (!first || !last) return undefined;
  const inLedger = intersectSpans([span], covered).reduce((sum, each) => sum + told(each), 0);
  const spent = noticed.spent - inLedger;
  return spent > 0 ? { from: first.from, to: last.to, unseen, spent } : undefined;
}

/**
 * When some spend was spent. Merged readings are of one day, so that only the first of them can include spend of an
 * earlier day.
 */
function spanOf({ at, since = at, until = at }: SpendSpan): TimeSpan {
  // A first reading has a moment and no span; it is given one millisecond, so that it can be divided.
  const from = Math.min(since, at - 1);
  if (until === at) return { from, to: at };
  const day = dayOf(at);
  // It is not known how much of the sum the first of the merged readings noticed.
  const isLate = !isDivisible({ from, to: at });
  return { from: isLate ? from : Math.max(from, startOfDay(day)), to: Math.min(until, startOfDay(day + 1)) };
}

/** The part of a sum that is of a span, as if it had come evenly in the time that it may be of. */
export function evenPart({ unseen, spent }: OverMidnight, span: TimeSpan): number {
  return (spent * lengthOf(intersectSpans(unseen, [span]))) / lengthOf(unseen);
}

function lengthOf(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
