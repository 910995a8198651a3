import type { TimeSpan } from '../ports/ledgerTable.ts';
import type { KeySpend } from '../quota/keyState.ts';
import { round6 } from '../quota/unit.ts';
import { periodDays } from '../spendingLimits/period.ts';
import { HOUR_MS, isoTime, SECOND_MS } from '../time.ts';
import { datedSpend, daySpan, evenPart, isWatched, type OverMidnight, untold } from './datedSpend.ts';
import type { KnownSpend } from './knownSpend.ts';
import { dayOf, startOfDay } from './localDays.ts';
import { isDivisible } from './overMidnight.ts';
import { intersectSpans, isTouched, mergeSpans } from './spans.ts';

/** Days of the sparkline, and of the week's sum, today included. */
const SHOWN_DAYS = 14;
const WEEK_DAYS = 7;
/** Figures no older than this count as those of now: polls are up to hours apart. */
const CURRENT_FOR_MS = 4 * HOUR_MS;
/** The same after midnight, for figures that end before today. */
const CURRENT_AFTER_MIDNIGHT_MS = HOUR_MS;

/** The first of the days that `keySpendOf` needs: of the month, which may begin on another day than the first, or of the sparkline. */
export function firstShownDay(now: number, monthBegins = 1): number {
  return Math.min(periodDays('month', now, monthBegins).from, dayOf(now) - SHOWN_DAYS + 1);
}

/**
 * What a key spent today, within the last seven days and this month: what gateways told, and what readings noticed of
 * the time in between. Undefined where nothing is known. A figure that is not whole has only what is certain.
 */
export function keySpendOf(known: KnownSpend, now: number, monthBegins = 1): KeySpend | undefined {
  const today = dayOf(now);
  const began = completeSince(known, now);
  if (began === undefined) return undefined;
  const first = firstShownDay(now, monthBegins);
  const { days, over } = datedSpend(known, { from: first, to: today }, now);
  const undivided = over.filter(each => !isDivisible(each));
  const since = undivided.reduce((last, { from, to }) => (from < last && last < to ? to : last), began);
  const until = knownUntil(known, now);
  const midnights = new Set(undivided.flatMap(each => midnightsIn(each, first)));
  const isWhole = (day: number) => until === undefined && since <= startOfDay(day) && !midnights.has(day);
  const sumFrom = (from: number) => {
    const start = startOfDay(from);
    let sum = looseSince(known, start);
    for (let day = from; day <= today; day++) sum += days.get(day) ?? 0;
    for (const each of over) {
      if (each.from >= start) sum += each.spent;
      else if (isWhole(from)) sum += evenPart(each, { from: start, to: now });
    }
    return round6(sum);
  };
  const spentOn = (day: number) => {
    const isKnown =
      since <= startOfDay(day) &&
      !midnights.has(day) &&
      !midnights.has(day + 1) &&
      (day < today || isWhole(day));
    const span = daySpan(day, now);
    const shares = isKnown ? over.reduce((sum, each) => sum + evenPart(each, span), 0) : 0;
    return round6((days.get(day) ?? 0) + shares);
  };
  const [week, month] = [today - WEEK_DAYS + 1, periodDays('month', now, monthBegins).from];
  return {
    today: sumFrom(today),
    week: sumFrom(week),
    calendarWeek: sumFrom(periodDays('week', now, monthBegins).from),
    month: sumFrom(month),
    ...(monthBegins !== 1 && { monthFrom: isoTime(startOfDay(month)) }),
    since: isoTime(Math.max(since, startOfDay(first))),
    ...(until !== undefined && { until: isoTime(until) }),
    ...(midnights.size > 0 && { undividedAt: [...midnights].map(day => isoTime(startOfDay(day))) }),
    complete: [today, week, month].every(isWhole),
    days: Array.from({ length: SHOWN_DAYS }, (_, index) => spentOn(today - SHOWN_DAYS + 1 + index)),
  };
}

/** The days, from `first` on, whose beginning lies within a span. */
function midnightsIn({ from, to }: TimeSpan, first: number): readonly number[] {
  const days: number[] = [];
  for (let day = Math.max(first, dayOf(from) + 1); startOfDay(day) < to; day++) days.push(day);
  return days;
}

/** Loose sums since a moment, less what readings noticed of the same time, which is counted already. */
function looseSince(known: KnownSpend, start: number): number {
  const inside = known.loose.filter(({ from }) => from >= start);
  return mergeSpans(inside).reduce((sum, span) => {
    const told = inside.reduce((all, each) => (isTouched(each, [span]) ? all + each.spent : all), 0);
    const noticed = [...known.noticed(span), ...known.noticedOver([span.to + 1])];
    const read = noticed.reduce((all, each) => all + mostWithin(untold(known, each), span), 0);
    return sum + Math.max(0, told - read);
  }, 0);
}

/** How much of a sum may be of a span. */
function mostWithin(sum: OverMidnight | undefined, span: TimeSpan): number {
  if (!sum || intersectSpans(sum.unseen, [span]).length === 0) return 0;
  return isDivisible(sum) ? evenPart(sum, span) : sum.spent;
}

/** Until when spend is known, epoch milliseconds; undefined where that counts as now. */
function knownUntil({ covered, readAt }: KnownSpend, now: number): number | undefined {
  const until = Math.max(readAt, covered.at(-1)?.to ?? readAt);
  const isOfToday = until >= startOfDay(dayOf(now));
  const currentForMs = isOfToday ? CURRENT_FOR_MS : CURRENT_AFTER_MIDNIGHT_MS;
  return now - until > currentForMs ? until : undefined;
}

/** Since when, without a gap until it was read last, all spend is told or was watched; undefined where nothing is known. */
function completeSince(known: KnownSpend, now: number): number | undefined {
  const watched = [...known.readDays].flatMap(([day, { watchedMs }]) => {
    const span = daySpan(day, known.readAt);
    if (isWatched(known, day, now)) return [span];
    // Where gateways told a part of the day, readings may show all the rest.
    const spans = isTouched(span, known.covered) ? known.watched(span) : [];
    if (day !== dayOf(now)) return spans;
    // However little was watched, the last reading is no part of what was known before it.
    const readSecond = Math.floor(known.readAt / SECOND_MS) * SECOND_MS;
    const from = spans.length > 0 ? readSecond : Math.min(readSecond, known.readAt - watchedMs);
    return [...spans, { from, to: readSecond + SECOND_MS }];
  });
  const last = mergeSpans([...known.covered, ...watched]).at(-1);
  return last && Math.max(last.from, known.wholeSince);
}
