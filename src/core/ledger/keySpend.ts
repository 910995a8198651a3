import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { TimeSpan } from '../ports/ledgerTable.ts';
import type { KeySpend } from '../quota/keyState.ts';
import { round6 } from '../quota/unit.ts';
import { periodDays } from '../spendingLimits/period.ts';
import { DAY_MS, HOUR_MS, isoTime } from '../time.ts';
import { dayOf, startOfDay } from './localDays.ts';
import { intersectSpans, isTouched, mergeSpans, subtractSpans } from './spans.ts';

/** Days of the sparkline, today included; of the shorter sum, likewise. */
const SHOWN_DAYS = 14;
const WEEK_DAYS = 7;
/** A day whose readings leave out no more than this was watched: polls are up to hours apart. */
const UNWATCHED_MS = 4 * HOUR_MS;
/** After midnight less is borne: what is known ends before today. */
const UNWATCHED_SINCE_MIDNIGHT_MS = HOUR_MS;

/** What readings showed of one local day. */
export interface ReadDay {
  readonly spent: number;
  /** For how long readings were taken, from one to the next. */
  readonly watchedMs: number;
  /** Whether some of the day's spend was read in another unit. */
  readonly isElsewhere?: boolean;
}

/** A sum that cannot be divided into local days: its span crosses midnight, or only the widest bounds of it are known. */
export interface LooseSum extends TimeSpan {
  readonly spent: number;
}

/** What is known of a key's spend, in the unit of its reading. Days are counted as in `dayOf`. */
export interface KnownSpend {
  /** The spans for which gateways have told all spend by day, whatever the source; they neither touch nor overlap. */
  readonly covered: readonly TimeSpan[];
  /** What the ledger has of each day. */
  readonly toldDays: ReadonlyMap<number, number>;
  /** Told sums that belong to no single day; a sum of several days may contain them. None of their time is covered. */
  readonly loose: readonly LooseSum[];
  readonly readDays: ReadonlyMap<number, ReadDay>;
  /** The parts of a span in which readings notice all spend. */
  readonly watched: (span: TimeSpan) => readonly TimeSpan[];
  /** Spend that readings noticed within a span. */
  readonly noticed: (span: TimeSpan) => readonly SpendSpan[];
  /** What the ledger has of a span that is covered. */
  readonly told: (span: TimeSpan) => number;
  /** When the key was last read, epoch milliseconds. */
  readonly readAt: number;
  /**
   * Before it something may be missing, whatever is covered: when its secret was replaced last, since what the one before
   * spent after its last check is not known, or until when its log may lack rows. 0 without either.
   */
  readonly wholeSince: number;
}

/** The first of the days that `keySpendOf` needs: of the month, which may begin on another day than the first, or of the sparkline. */
export function firstShownDay(now: number, monthBegins = 1): number {
  return Math.min(periodDays('month', now, monthBegins).from, dayOf(now) - SHOWN_DAYS + 1);
}

/**
 * What a key spent today, within the last seven days and this month: what gateways told, and what readings noticed of
 * the time in between. Undefined where nothing is known.
 */
export function keySpendOf(known: KnownSpend, now: number, monthBegins = 1): KeySpend | undefined {
  const today = dayOf(now);
  const since = completeSince(known, now);
  if (since === undefined) return undefined;
  const first = firstShownDay(now, monthBegins);
  const spent = new Map<number, number>();
  for (let day = first; day <= today; day++) spent.set(day, spentOn(known, day, now));
  const sumFrom = (from: number) => {
    let sum = looseSince(known, startOfDay(from));
    for (let day = from; day <= today; day++) sum += spent.get(day) ?? 0;
    return round6(sum);
  };
  const month = periodDays('month', now, monthBegins).from;
  const week = today - WEEK_DAYS + 1;
  const from = Math.max(since, startOfDay(first));
  const until = knownUntil(known, now);
  return {
    today: sumFrom(today),
    week: sumFrom(week),
    month: sumFrom(month),
    ...(monthBegins !== 1 && { monthFrom: isoTime(startOfDay(month)) }),
    since: isoTime(from),
    ...(until !== undefined && { until: isoTime(until) }),
    complete: until === undefined && since <= startOfDay(Math.min(month, week)),
    days: Array.from({ length: SHOWN_DAYS }, (_, index) => sumOf(spent, today - SHOWN_DAYS + 1 + index)),
  };
}

/** Loose sums since a moment, less what readings noticed of the same time, which is in the days already. */
function looseSince(known: KnownSpend, start: number): number {
  const inside = known.loose.filter(({ from }) => from >= start);
  return mergeSpans(inside).reduce((sum, span) => {
    const told = inside.reduce((all, each) => (isTouched(each, [span]) ? all + each.spent : all), 0);
    const noticed = known.noticed({ from: span.from, to: span.to + DAY_MS });
    const read = noticed.reduce((all, each) => all + untoldPart(known, each, span), 0);
    return sum + Math.max(0, told - read);
  }, 0);
}

function sumOf(spent: ReadonlyMap<number, number>, day: number): number {
  return round6(spent.get(day) ?? 0);
}

/**
 * What the ledger has of a day, and what readings noticed of the time that it lacks. Where that is the whole day, and it
 * was watched as a whole, their sum by day is all; else each span counts by its part of the day.
 */
function spentOn(known: KnownSpend, day: number, now: number): number {
  const told = known.toldDays.get(day) ?? 0;
  const { from, to } = spanOf(day, now);
  if (isReadAsWhole(known, day, now)) return Math.max(told, known.readDays.get(day)?.spent ?? 0);
  if (subtractSpans([{ from, to }], known.covered).length === 0) return told;
  // What was noticed on a day that is read as a whole is in that day's sum.
  const start = isReadAsWhole(known, day - 1, now) ? Number.NEGATIVE_INFINITY : from;
  const end = isReadAsWhole(known, day + 1, now) ? to : Math.min(to + DAY_MS, now);
  const noticed = known.noticed({ from, to: end });
  return told + noticed.reduce((sum, each) => sum + untoldPart(known, each, { from: start, to }), 0);
}

function spanOf(day: number, now: number): TimeSpan {
  return { from: startOfDay(day), to: Math.min(startOfDay(day + 1), now) };
}

/** Whether readings alone tell about a day, and about all of it. */
function isReadAsWhole(known: KnownSpend, day: number, now: number): boolean {
  return intersectSpans([spanOf(day, now)], known.covered).length === 0 && isWatched(known, day, now);
}

function isWatched({ readDays, readAt }: KnownSpend, day: number, now: number): boolean {
  const { from, to } = spanOf(day, now);
  const { watchedMs, isElsewhere = false } = readDays.get(day) ?? {};
  if (watchedMs === undefined || isElsewhere) return false;
  return watchedMs >= Math.min(to, readAt) - from - UNWATCHED_MS;
}

/** The part of some spend that is not in the ledger and of a day, as if it had come evenly in the time it was not seen. */
function untoldPart(
  { covered, told }: KnownSpend,
  { at, since = at, spent }: SpendSpan,
  day: TimeSpan,
): number {
  // Of a moment, as a first reading has it, nothing can be divided.
  const span = { from: Math.min(since, at - 1), to: at };
  const unseen = subtractSpans([span], covered);
  const unseenMs = lengthOf(unseen);
  if (unseenMs === 0) return 0;
  const inLedger = intersectSpans([span], covered).reduce((sum, each) => sum + told(each), 0);
  const ofDayMs = lengthOf(intersectSpans(unseen, [day]));
  return (Math.max(0, spent - inLedger) * ofDayMs) / unseenMs;
}

function lengthOf(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** When anything was heard last, where that is too long ago to speak for now. */
function knownUntil({ covered, readAt }: KnownSpend, now: number): number | undefined {
  const until = Math.max(readAt, covered.at(-1)?.to ?? readAt);
  const isOfToday = until >= startOfDay(dayOf(now));
  const borneMs = isOfToday ? UNWATCHED_MS : UNWATCHED_SINCE_MIDNIGHT_MS;
  return now - until > borneMs ? until : undefined;
}

/** Since when, without a gap until it was read last, all spend is told or was watched; undefined where nothing is known. */
function completeSince(known: KnownSpend, now: number): number | undefined {
  const watched = [...known.readDays].flatMap(([day, { watchedMs }]) => {
    const span = spanOf(day, now);
    if (isWatched(known, day, now)) return [span];
    if (day === dayOf(now)) return [{ from: known.readAt - watchedMs, to: span.to }];
    // Of a day that gateways told a part of, readings may show all the rest.
    return isTouched(span, known.covered) ? known.watched(span) : [];
  });
  const last = mergeSpans([...known.covered, ...watched]).at(-1);
  return last && Math.max(last.from, known.wholeSince);
}
