import { dayOf } from '../../core/ledger/localDays.ts';
import type { DaySums } from './daySums.ts';
import { type LogCells, quarterOf } from './logCells.ts';
import type { SpendLines } from './spendLines.ts';
import type { SumCells } from './sumCells.ts';

/** About how many rows are deleted at once, which takes a few milliseconds. */
const MOST_ROWS = 2000;

interface TablesByLine {
  readonly lines: SpendLines;
  readonly log: LogCells;
  readonly sums: SumCells;
  readonly days: DaySums;
}

/**
 * Deletes what was spent before a second, the first of a quarter, line by line, up to about `MOST_ROWS`; a day goes
 * when all of it is gone. Returns whether there is more.
 */
export function deleteOldCells({ lines, log, sums, days }: TablesByLine, second: number): boolean {
  const day = dayOf(second * 1000);
  let deleted = 0;
  for (const { no } of lines.allLines()) {
    if (deleted >= MOST_ROWS) return true;
    deleted += log.quarters.dropBefore(no, quarterOf(second)) + log.seconds.dropBefore(no, second);
    deleted += sums.dropBefore(no, second) + days.table.dropBefore(no, day);
  }
  lines.dropUnused();
  return false;
}
