import { startOfDay } from '../../core/ledger/localDays.ts';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { LedgerCell, LedgerTable, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { HOUR_MS } from '../../core/time.ts';
import { rangeInLedger } from './rangeInLedger.ts';

/** A span by a clock that is `aheadMs` ahead of this one. */
export function shifted({ from, to }: TimeSpan, ms: number): TimeSpan {
  return { from: from + ms, to: to + ms };
}

/** What the ledger has between the midnights of two clocks. */
export interface MovedCells {
  /** Cells by the day between whose two beginnings they lie. */
  readonly moved: ReadonlyMap<number, readonly LedgerCell[]>;
  /** Those that our midnight divides. */
  readonly cut: readonly LedgerCell[];
}

/** What is of another day by our clock than by that of a gateway, of which ours is ahead by `aheadMs`. */
export function betweenClocks(
  ledger: LedgerTable,
  keyId: string,
  days: TimeSpan,
  aheadMs: number,
): MovedCells {
  const moved = new Map<number, LedgerCell[]>();
  const cut: LedgerCell[] = [];
  const coverage = ledger.coverageOf(keyId);
  for (let day = days.from; day <= days.to; day++) {
    const theirs = startOfDay(day);
    const ours = theirs - aheadMs;
    const [first, last] = [Math.min(theirs, ours), Math.max(theirs, ours)];
    const around = {
      from: Math.floor(first / HOUR_MS - 1) * HOUR_MS,
      to: Math.ceil(last / HOUR_MS + 1) * HOUR_MS,
    };
    const all = rangeInLedger(ledger, keyId, around, false, coverage).cells.filter(
      ({ source }) => !OF_DAYS.has(source),
    );
    const isCut = ({ from, to }: TimeSpan) => from < ours && ours < to;
    const seconds = secondsIn(ledger, keyId, all.find(isCut));
    const cells = seconds ? [...all.filter(cell => !isCut(cell)), ...seconds] : all;
    cut.push(...cells.filter(isCut));
    const isBetween = ({ from, to }: TimeSpan) => (from + to) / 2 >= first && (from + to) / 2 < last;
    moved.set(
      day,
      cells.filter(cell => isBetween(cell) && !isCut(cell)),
    );
  }
  return { moved, cut };
}

/** Sums over days are not counted by the day. */
const OF_DAYS: ReadonlySet<LedgerSource> = new Set(['dailySums', 'rangeSums']);

/** A quarter of an hour of a log by the second, where that is kept. */
function secondsIn(
  ledger: LedgerTable,
  keyId: string,
  cell: LedgerCell | undefined,
): readonly LedgerCell[] | undefined {
  return cell && cell.source !== 'hourlySums' ? ledger.secondsOf(keyId, cell.source, cell) : undefined;
}

/** Days of the gateway's clock, with what is of another day by ours on that. */
export function byOurClock(
  told: Map<number, number>,
  moved: MovedCells['moved'],
  unit: Unit,
  aheadMs: number,
): Map<number, number> {
  const add = (day: number, amount: number) => told.set(day, (told.get(day) ?? 0) + amount);
  for (const [day, cells] of moved) {
    const sum = sumIn(unit, cells) * Math.sign(aheadMs);
    if (sum === 0) continue;
    add(day - 1, -sum);
    add(day, sum);
  }
  return told;
}

/** What cells in a unit add up to; others count nothing. */
export function sumIn(unit: Unit, cells: readonly LedgerCell[]): number {
  return cells.reduce((sum, cell) => (isSameUnit(cell.unit, unit) ? sum + cell.raw / cell.perUnit : sum), 0);
}
