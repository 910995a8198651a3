import { dayOf } from '../../core/ledger/localDays.ts';
import type { DaySums } from './daySums.ts';
import { type LogCells, quarterOf } from './logCells.ts';
import type { SpendLines } from './spendLines.ts';
import type { SumCells } from './sumCells.ts';

/** Deletes what was spent before a second, the first of a quarter; a day goes when all of it is gone. */
export function deleteOldCells(
  lines: SpendLines,
  log: LogCells,
  sums: SumCells,
  days: DaySums,
  second: number,
): void {
  const day = dayOf(second * 1000);
  for (const { no } of lines.all()) {
    log.quarters.dropBefore(no, quarterOf(second));
    log.seconds.dropBefore(no, second);
    sums.dropBefore(no, second);
    days.table.dropBefore(no, day);
  }
}
