import { firstShownDay, type KnownSpend, type ReadDay } from '../../core/ledger/keySpend.ts';
import { dayFrom, dayOf, dayText } from '../../core/ledger/localDays.ts';
import { intersectSpans, mergeSpans } from '../../core/ledger/spans.ts';
import type { DaySpend } from '../../core/ports/historyTables.ts';
import type { CoveredSpan, LedgerCell, LedgerTable, TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { MINUTE_MS } from '../../core/time.ts';

const QUARTER_MS = 15 * MINUTE_MS;

/** What the database has of a key's spend, in the unit of its reading. `readDays` are days of its readings, in any unit. */
export function knownSpendOf(
  { ledger, history }: Pick<Store, 'ledger' | 'history'>,
  keyId: string,
  reading: Reading,
  readDays: readonly DaySpend[],
  now: number,
  monthBegins = 1,
): KnownSpend {
  const { unit } = reading;
  const coverage = ledger.coverageOf(keyId);
  return {
    covered: mergeSpans(coverage),
    toldDays: toldDays(ledger, keyId, unit, now, monthBegins),
    readDays: readDaysIn(unit, readDays),
    noticed: ({ from, to }) => history.spendSpans(keyId, unit, from, to),
    told: span => toldWithin({ ledger, history }, keyId, unit, coverage, span),
    readAt: Math.min(now, Date.parse(reading.takenAt)),
  };
}

function toldDays(
  ledger: LedgerTable,
  keyId: string,
  unit: Unit,
  now: number,
  monthBegins: number,
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const row of ledger.spendByDay(dayText(firstShownDay(now, monthBegins)), dayText(dayOf(now)), keyId)) {
    if (!isSameUnit(row.unit, unit)) continue;
    const day = dayFrom(row.day);
    sums.set(day, (sums.get(day) ?? 0) + row.raw / row.perUnit);
  }
  return sums;
}

/** Days of several series are one: each has its part of the time. */
function readDaysIn(unit: Unit, days: readonly DaySpend[]): Map<number, ReadDay> {
  const sums = new Map<number, ReadDay>();
  for (const { day, spent, watchedMs, unit: counted } of days) {
    if (!isSameUnit(counted, unit)) continue;
    const before = sums.get(dayFrom(day)) ?? { spent: 0, watchedMs: 0 };
    sums.set(dayFrom(day), { spent: before.spent + spent, watchedMs: before.watchedMs + watchedMs });
  }
  return sums;
}

/**
 * By the second where that is kept, else by quarters: the one that the span begins in counts less what readings noticed of
 * it before.
 */
function toldWithin(
  { ledger, history }: Pick<Store, 'ledger' | 'history'>,
  keyId: string,
  unit: Unit,
  coverage: readonly CoveredSpan[],
  span: TimeSpan,
): number {
  // Of spans that two sources cover, the first in the order of sources tells.
  const { source } = coverage.find(covered => intersectSpans([span], [covered]).length > 0) ?? {};
  if (!source) return 0;
  const seconds = ledger.secondsOf(keyId, source, span);
  if (seconds) return sumIn(unit, seconds);
  const from = Math.floor(span.from / QUARTER_MS) * QUARTER_MS;
  const noticed = history.spendSpans(keyId, unit, from, span.from);
  const before = noticed.reduce((sum, { at, since = at, spent }) => (since >= from ? sum + spent : sum), 0);
  return Math.max(0, sumIn(unit, ledger.cellsOf(keyId, source, { from, to: span.to })) - before);
}

function sumIn(unit: Unit, cells: readonly LedgerCell[]): number {
  return cells.reduce((sum, cell) => (isSameUnit(cell.unit, unit) ? sum + cell.raw / cell.perUnit : sum), 0);
}
