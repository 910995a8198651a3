import { dayFrom, dayText } from '../../core/ledger/dayText.ts';
import { firstShownDay } from '../../core/ledger/keySpend.ts';
import type { KnownSpend, LooseSum, ReadDay } from '../../core/ledger/knownSpend.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { spansInOtherUnits } from '../../core/ledger/otherUnits.ts';
import { intersectSpans, isWithin, subtractSpans } from '../../core/ledger/spans.ts';
import { LEDGER_SOURCES, type LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { DaySpend } from '../../core/ports/historyTables.ts';
import type {
  CoveredSpan,
  LedgerCell,
  LedgerDay,
  LedgerFigure,
  LedgerTable,
  TimeSpan,
} from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { DAY_MS, HOUR_MS, QUARTER_MS } from '../../core/time.ts';
import { betweenClocks, byOurClock, shifted, sumIn } from './byOurClock.ts';
import { gatewayDays, hoursOverMidnight } from './looseSums.ts';
import { LONGEST_SUM_MS } from './rangeInLedger.ts';
import { secretSince } from './secretSince.ts';
import { unloggedUntil } from './unloggedBefore.ts';

/**
 * What the database has of a key's spend, in the unit of its reading, by our clock: the ledger goes by the gateway's.
 * `readDays` are days of its readings, in any unit.
 */
export function knownSpendOf(
  store: Pick<Store, 'ledger' | 'history' | 'logTries' | 'states'>,
  keyId: string,
  reading: Reading,
  readDays: readonly DaySpend[],
  now: number,
  monthBegins = 1,
): KnownSpend {
  const { ledger, history } = store;
  const { unit } = reading;
  const aheadMs = aheadOfGateway(reading);
  const all = ledger.coverageOf(keyId);
  // Days in the gateway's own zone are no local days, so they say nothing about one.
  const coverage = all.filter(({ source }) => source !== 'dailySums');
  const firstDay = firstShownDay(now, monthBegins);
  const rows = ledger.spendByDay(dayText(firstDay), dayText(dayOf(now)), keyId);
  const ofDays = sumsOfDays(ledger, keyId, coverage, { from: startOfDay(firstDay), to: now }, aheadMs);
  // The gateway's next day may have begun.
  const days = { from: firstDay, to: Math.max(dayOf(now), dayOf(now - aheadMs)) };
  const { moved, cut } =
    aheadMs === 0
      ? { moved: new Map(), cut: hoursOverMidnight(ledger, keyId, all, days) }
      : betweenClocks(ledger, keyId, days, aheadMs);
  const ofGateway = gatewayDays(ledger, keyId, unit, all, { from: startOfDay(firstDay), to: now });
  // A source without spend counts in every unit: it is 0 in any of them.
  const isElsewhere = rows.some(row => row.raw !== 0 && !isSameUnit(row.unit, unit));
  const others = isElsewhere ? spansInOtherUnits(unit, ledger.coverageByScale(keyId)) : [];
  const covered = subtractSpans(coverage, [...others, ...ofDays.untold, ...cut]);
  const datable = coverage.flatMap(({ source, ...span }) =>
    subtractSpans([span], cut).map(part => ({ ...part, source })),
  );
  const told = toldDays(rows, ofDays.cells, cut, unit, aheadMs);
  return {
    covered: covered.map(span => shifted(span, aheadMs)),
    toldDays: byOurClock(told, moved, unit, aheadMs),
    loose: [...ofGateway, ...looseHours(cut, unit)].map(sum => ({ ...sum, ...shifted(sum, aheadMs) })),
    readDays: readDaysIn(unit, readDays),
    noticed: noticedBy(history, keyId, unit, { from: startOfDay(firstDay), to: now }),
    noticedOver: moments => history.spendOver(keyId, unit, moments),
    watched: ({ from, to }) => history.watchedSpans(keyId, unit, from, to),
    told: span => toldWithin({ ledger, history }, keyId, unit, datable, shifted(span, -aheadMs), aheadMs),
    readAt: Math.min(now, Date.parse(reading.takenAt)),
    wholeSince: Math.max(secretSince(store, keyId), unloggedUntil(store, keyId)),
  };
}

/**
 * Spend that readings noticed, by span. Most keys at rest noticed none for days: spans within `shown` that end before the
 * first of it are not looked up one by one.
 */
function noticedBy(
  history: Store['history'],
  keyId: string,
  unit: Unit,
  shown: TimeSpan,
): KnownSpend['noticed'] {
  const lookUp = ({ from, to }: TimeSpan) => history.spendSpans(keyId, unit, from, to);
  let firstAt: number | undefined;
  return span => {
    if (span.from < shown.from || span.to > shown.to) return lookUp(span);
    firstAt ??= lookUp(shown)[0]?.at ?? Number.POSITIVE_INFINITY;
    return span.to < firstAt ? [] : lookUp(span);
  };
}

/**
 * Sums over ranges that a person asked about: those within a day, and the spans of all others, which belong to no
 * single day.
 */
function sumsOfDays(
  ledger: LedgerTable,
  keyId: string,
  coverage: readonly CoveredSpan[],
  shown: TimeSpan,
  aheadMs: number,
): { readonly cells: readonly LedgerCell[]; readonly untold: readonly TimeSpan[] } {
  const spans = coverage.filter(({ source }) => source === 'rangeSums');
  const [first] = spans;
  if (!first) return { cells: [], untold: [] };
  const all = ledger.cellsOf(keyId, 'rangeSums', { from: Math.min(first.from, shown.from), to: shown.to });
  const isOfDay = ({ from, to }: TimeSpan) => dayOf(from + aheadMs) === dayOf(to - 1 + aheadMs);
  const cells = all.filter(cell => isOfDay(cell) && cell.from + aheadMs >= shown.from);
  return { cells, untold: all.filter(cell => !isOfDay(cell)) };
}

/** Without loose sums, which belong to no single day: the ledger counts a sum over several days on the one that has its middle. */
function toldDays(
  rows: readonly LedgerDay[],
  cells: readonly LedgerCell[],
  hours: readonly LedgerCell[],
  unit: Unit,
  aheadMs: number,
): Map<number, number> {
  const sums = new Map<number, number>();
  const add = (day: number, { unit: counted, raw, perUnit }: LedgerFigure, times = 1) => {
    if (isSameUnit(counted, unit)) sums.set(day, (sums.get(day) ?? 0) + (times * raw) / perUnit);
  };
  for (const row of rows) if (!OF_NO_DAY.has(row.source)) add(dayFrom(row.day), row);
  for (const hour of hours) add(dayOf((hour.from + hour.to) / 2), hour, -1);
  for (const cell of cells) add(dayOf(cell.from + aheadMs), cell);
  return sums;
}

const OF_NO_DAY: ReadonlySet<LedgerSource> = new Set(['dailySums', 'rangeSums']);

function looseHours(hours: readonly LedgerCell[], unit: Unit): readonly LooseSum[] {
  const ofUnit = hours.filter(hour => isSameUnit(hour.unit, unit));
  return ofUnit.map(({ from, to, raw, perUnit }) => ({ from, to, spent: raw / perUnit }));
}

/** Days of several series are merged: each series watched its part of the day. */
function readDaysIn(unit: Unit, days: readonly DaySpend[]): Map<number, ReadDay> {
  const sums = new Map<number, ReadDay>();
  for (const { day, spent, watchedMs, unit: counted } of days) {
    const before = sums.get(dayFrom(day)) ?? { spent: 0, watchedMs: 0 };
    const sum = isSameUnit(counted, unit)
      ? { ...before, spent: before.spent + spent, watchedMs: before.watchedMs + watchedMs }
      : { ...before, isElsewhere: before.isElsewhere || spent !== 0 };
    sums.set(dayFrom(day), sum);
  }
  return sums;
}

/** What was told of a span. Where two sources cover it, the finer one counts. */
function toldWithin(
  { ledger, history }: Pick<Store, 'ledger' | 'history'>,
  keyId: string,
  unit: Unit,
  coverage: readonly CoveredSpan[],
  span: TimeSpan,
  aheadMs: number,
): number {
  let [rest, sum]: [readonly TimeSpan[], number] = [[span], 0];
  for (const source of LEDGER_SOURCES) {
    const own = coverage.filter(covered => covered.source === source);
    const parts = intersectSpans(rest, own);
    for (const part of parts) sum += toldIn({ ledger, history }, keyId, unit, source, own, part, aheadMs);
    rest = subtractSpans(rest, parts);
  }
  return sum;
}

/**
 * By the second where that is kept. Else cells that reach out of a part, which a source covers, count less what readings
 * noticed of the rest of their time: from the beginning of a cell over which they noticed nothing to the end of such a
 * cell, as far as a day before and after.
 */
function toldIn(
  { ledger, history }: Pick<Store, 'ledger' | 'history'>,
  keyId: string,
  unit: Unit,
  source: LedgerSource,
  own: readonly CoveredSpan[],
  part: TimeSpan,
  aheadMs: number,
): number {
  const longestMs = LONGEST_SUM_MS[source];
  const seconds = longestMs === undefined ? ledger.secondsOf(keyId, source, part) : undefined;
  if (seconds) return sumIn(unit, seconds);
  const stepMs = longestMs ?? QUARTER_MS;
  const hasSpendOver = (time: number) => history.spendOver(keyId, unit, [time + aheadMs]).length > 0;
  const { from, to } = stepMs > HOUR_MS ? part : quietAround(part, stepMs, own, hasSpendOver);
  const cells = ledger.cellsOf(keyId, source, { from: from - stepMs, to }).filter(cell => cell.to > from);
  let sum = sumIn(unit, cells);
  const rest = subtractSpans([{ from, to }, ...cells], [part]);
  for (const beside of intersectSpans(rest, own)) {
    const span = shifted(beside, aheadMs);
    for (const { at, since, spent } of history.spendSpans(keyId, unit, span.from, span.to))
      if (since !== undefined && isWithin({ from: since, to: at }, [span])) sum -= spent;
  }
  return Math.max(0, sum);
}

/**
 * From the last beginning of a cell before a part to the first end of one after it over which no spend was noticed, as far as
 * the source covers and a day on either side.
 */
function quietAround(
  part: TimeSpan,
  stepMs: number,
  own: readonly CoveredSpan[],
  hasSpendOver: (time: number) => boolean,
): TimeSpan {
  let from = Math.floor(part.from / stepMs) * stepMs;
  let to = Math.ceil(part.to / stepMs) * stepMs;
  const isOwn = (span: TimeSpan) => isWithin(span, own);
  const [first, last] = [part.from - DAY_MS, part.to + DAY_MS];
  while (from < part.from && from > first && isOwn({ from: from - 1, to: part.from }) && hasSpendOver(from))
    from -= stepMs;
  while (to > part.to && to < last && isOwn({ from: part.to, to: to + 1 }) && hasSpendOver(to)) to += stepMs;
  return { from, to };
}
