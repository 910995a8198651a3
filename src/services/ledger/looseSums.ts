import type { LooseSum } from '../../core/ledger/knownSpend.ts';
import { gatewayDayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { isWithin, mergeSpans } from '../../core/ledger/spans.ts';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { CoveredSpan, LedgerCell, LedgerTable, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';

/**
 * A calendar day begins first in the zone UTC+14 and ends last in UTC−12: this long before and after the same day in
 * UTC.
 */
const BEGINS_BEFORE_MS = 14 * HOUR_MS;
const ENDS_AFTER_MS = 12 * HOUR_MS;

type Ledger = Pick<LedgerTable, 'cellsOf'>;

/** The hours that count as sums and are partly of one day, partly of the next: no zone of half or quarter hours has others. */
export function hoursOverMidnight(
  ledger: Ledger,
  keyId: string,
  coverage: readonly CoveredSpan[],
  days: TimeSpan,
): readonly LedgerCell[] {
  if (!coverage.some(({ source }) => source === 'hourlySums')) return [];
  const finer = finerThan('hourlySums', coverage);
  const cells: LedgerCell[] = [];
  for (let day = days.from; day <= days.to; day++) {
    const midnight = startOfDay(day);
    if (midnight % HOUR_MS === 0) continue;
    const before = ledger.cellsOf(keyId, 'hourlySums', { from: midnight - HOUR_MS + 1, to: midnight });
    cells.push(...before.filter(cell => cell.to > midnight && !isWithin(cell, finer)));
  }
  return cells;
}

/**
 * The days of a gateway that does not say in which zone they are: each lies somewhere between its first beginning and its
 * last end on earth. The ledger has them as the local days of the same names.
 */
export function gatewayDays(
  ledger: Ledger,
  keyId: string,
  unit: Unit,
  coverage: readonly CoveredSpan[],
  shown: TimeSpan,
): readonly LooseSum[] {
  if (!coverage.some(({ source }) => source === 'dailySums')) return [];
  const finer = finerThan('dailySums', coverage);
  return ledger
    .cellsOf(keyId, 'dailySums', shown)
    .filter(cell => isSameUnit(cell.unit, unit) && !isWithin(cell, finer))
    .map(cell => {
      const utcMidnight = gatewayDayOf(cell) * DAY_MS;
      return {
        from: utcMidnight - BEGINS_BEFORE_MS,
        to: utcMidnight + DAY_MS + ENDS_AFTER_MS,
        spent: cell.raw / cell.perUnit,
      };
    });
}

const FINER: Readonly<Partial<Record<LedgerSource, readonly LedgerSource[]>>> = {
  hourlySums: ['keyLog', 'accountLog'],
  dailySums: ['keyLog', 'accountLog', 'hourlySums'],
};

function finerThan(source: LedgerSource, coverage: readonly CoveredSpan[]): TimeSpan[] {
  return mergeSpans(coverage.filter(each => FINER[source]?.includes(each.source)));
}
