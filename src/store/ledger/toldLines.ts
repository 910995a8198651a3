import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { addFigures, type SpendFigures, storedFigures } from './spendFigures.ts';

/** What an answer tells of one name and model, by the second. */
interface ToldLine {
  readonly keyName: string;
  readonly model: string;
  readonly cells: Map<number, SpendFigures>;
}

/** What an answer tells before the second at which it ends to be complete. */
export interface ToldRows {
  readonly lines: readonly ToldLine[];
  /** The oldest second with a row; undefined where there is none. */
  readonly oldest: number | undefined;
  /** Seconds with a row whose amount cannot be stored: nothing is known of them. */
  readonly missing: readonly TimeSpan[];
}

/** Adds up the rows of a log by name, model and second. */
export function toldRows(records: readonly SpendRecord[], end: number, parts: number): ToldRows {
  const lines = new Map<string, ToldLine>();
  const missing: TimeSpan[] = [];
  let oldest: number | undefined;
  for (const record of records) {
    const { at, keyName, model } = record;
    if (!Number.isSafeInteger(at) || at >= end) continue;
    oldest = Math.min(oldest ?? at, at);
    const name = `${keyName.length} ${keyName}${model}`;
    const line = lines.get(name) ?? { keyName, model, cells: new Map() };
    lines.set(name, line);
    const figures = storedFigures(record, parts);
    const sum = figures && addFigures(line.cells.get(at), figures);
    if (sum && Number.isSafeInteger(sum.raw)) line.cells.set(at, sum);
    else missing.push({ from: at, to: at + 1 });
  }
  return { lines: [...lines.values()], oldest, missing };
}
