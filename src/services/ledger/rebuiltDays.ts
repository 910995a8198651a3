import { dayFrom, dayText } from '../../core/ledger/dayText.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { zoneId } from '../../core/ledger/zoneId.ts';
import type { DaySpend } from '../../core/ports/historyTables.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';

/**
 * The last day for which readings may have been added up by the days of another time zone, where it may have been tomorrow;
 * one before all others where none was.
 */
export function lastDayOfOtherZone(store: Store, now: number): number {
  const { maintenance } = store;
  const zone = zoneId();
  const since = maintenance.zoneSince(zone) ?? store.transaction(() => maintenance.beginZone(zone, now));
  return since === 0 ? Number.NEGATIVE_INFINITY : dayOf(since) + 1;
}

/**
 * The days of a key's readings, with all of a unit up to the end of a span replaced by those of the span, added up
 * again. Days are counted as in `dayOf`.
 */
export function rebuiltDays(
  { history }: Pick<Store, 'history'>,
  keyId: string,
  unit: Unit,
  rows: readonly DaySpend[],
  { from, to }: TimeSpan,
): readonly DaySpend[] {
  if (to < from) return rows;
  const days = rows.filter(row => dayFrom(row.day) > to || !isSameUnit(row.unit, unit));
  for (let day = from; day <= to; day++) {
    const [start, end] = [startOfDay(day), startOfDay(day + 1)];
    const noticed = history.spendSpans(keyId, unit, start, end).filter(({ at }) => dayOf(at) === day);
    const watched = history.watchedSpans(keyId, unit, start, end);
    days.push({
      ...{ keyId, day: dayText(day), unit, series: 0 },
      spent: noticed.reduce((sum, { spent }) => sum + spent, 0),
      watchedMs: watched.reduce((sum, span) => sum + span.to - span.from, 0),
    });
  }
  return days;
}
