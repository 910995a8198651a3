import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import { toStoredNumber } from '../seriesTable.ts';

/** What was spent, as it is stored; null where it was not told. */
export interface SpendFigures {
  readonly raw: number;
  readonly requests: number | null;
  readonly prompt: number | null;
  readonly completion: number | null;
}

/** The columns of every table with figures. Read as doubles, since SQLite's integers can be larger than exact ones. */
export const FIGURE_COLUMNS = 'raw * 1.0, requests * 1.0, prompt * 1.0, completion * 1.0';

/** Figures from the columns of a row, from `first` on. */
export function figuresOf(row: ArrayLike<unknown>, first: number): SpendFigures {
  return {
    raw: row[first] as number,
    requests: row[first + 1] as number | null,
    prompt: row[first + 2] as number | null,
    completion: row[first + 3] as number | null,
  };
}

/** A record's figures; undefined where its amount cannot be stored. */
export function storedFigures(record: SpendRecord, parts: number): SpendFigures | undefined {
  const raw = toStoredNumber(record.raw, parts);
  if (raw === null) return undefined;
  return {
    raw,
    requests: toStoredNumber(record.requests, 1),
    prompt: toStoredNumber(record.promptTokens, 1),
    completion: toStoredNumber(record.completionTokens, 1),
  };
}

/** The sum; a figure that one of the two does not tell is not told by the sum either, which would be too small. */
export function addFigures(a: SpendFigures | undefined, b: SpendFigures): SpendFigures {
  if (!a) return b;
  return {
    raw: a.raw + b.raw,
    requests: sumOf(a.requests, b.requests),
    prompt: sumOf(a.prompt, b.prompt),
    completion: sumOf(a.completion, b.completion),
  };
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Whether all figures are equal. */
export function isSameFigures(a: SpendFigures | undefined, b: SpendFigures | undefined): boolean {
  return (
    a?.raw === b?.raw &&
    a?.requests === b?.requests &&
    a?.prompt === b?.prompt &&
    a?.completion === b?.completion
  );
}
