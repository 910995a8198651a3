import { startOfDay } from '../../core/ledger/localDays.ts';
import { intersectSpans } from '../../core/ledger/spans.ts';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { CoveredSpan, LedgerCell, LedgerTable, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';

/** A span by a clock that is `aheadMs` ahead of this one. */
export function shifted({ from, to }: TimeSpan, ms: number): TimeSpan {
  return { from: from + ms, to: to + ms };
}

/** Days of the gateway's clock with what its log has between its midnights and ours, on the day that this is of. */
export function byOurClock(
  told: Map<number, number>,
  { ledger, keyId, unit, covered, days, aheadMs }: ShiftedDays,
): Map<number, number> {
  const add = (day: number, amount: number) => told.set(day, (told.get(day) ?? 0) + amount);
  // The gateway's next day may have begun.
  for (let day = days.from; day <= days.to + 1; day++) {
    const midnight = startOfDay(day);
    const between = {
      from: Math.min(midnight, midnight - aheadMs),
      to: Math.max(midnight, midnight - aheadMs),
    };
    const { source } = covered.find(span => intersectSpans([between], [span]).length > 0) ?? {};
    if (source === undefined || !OF_SECONDS.has(source)) continue;
    const cells = ledger.secondsOf(keyId, source, between) ?? ledger.cellsOf(keyId, source, between);
    const sum = sumIn(unit, cells) * Math.sign(aheadMs);
    if (sum === 0) continue;
    add(day - 1, -sum);
    add(day, sum);
  }
  return told;
}

interface ShiftedDays {
  readonly ledger: LedgerTable;
  readonly keyId: string;
  readonly unit: Unit;
  readonly covered: readonly CoveredSpan[];
  readonly days: TimeSpan;
  readonly aheadMs: number;
}

const OF_SECONDS: ReadonlySet<LedgerSource> = new Set(['keyLog', 'accountLog']);

/** What cells in a unit add up to; others count nothing. */
export function sumIn(unit: Unit, cells: readonly LedgerCell[]): number {
  return cells.reduce((sum, cell) => (isSameUnit(cell.unit, unit) ? sum + cell.raw / cell.perUnit : sum), 0);
}
