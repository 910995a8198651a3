import { isWithin } from '../../core/ledger/spans.ts';
import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { addFigures, storedFigures } from './spendFigures.ts';
import type { SumCell } from './sumCells.ts';

/** What an answer tells of one name and model, by the first second of the span. */
interface ToldSumLine {
  readonly keyName: string;
  readonly model: string;
  readonly cells: ReadonlyMap<number, SumCell>;
}

export interface ToldSums {
  readonly lines: readonly ToldSumLine[];
  /** The first second of the oldest sum; undefined where there is none. */
  readonly oldest: number | undefined;
}

/** The spans of sums that cannot be placed: they reach out of what is complete, overlap others, or cannot be stored. */
export function unplaceableSums(
  records: readonly SpendRecord[],
  complete: readonly TimeSpan[],
  parts: number,
): TimeSpan[] {
  const spans = records.map(record => ({
    ...spanOf(record),
    isPlaceable: isPlaceable(record, complete, parts),
  }));
  spans.sort((a, b) => a.from - b.from || b.to - a.to);
  const unplaceable: TimeSpan[] = [];
  let widest: TimeSpan | undefined;
  for (const span of spans) {
    if (widest && span.from < widest.to && (span.from !== widest.from || span.to !== widest.to))
      unplaceable.push(widest, span);
    if (!span.isPlaceable) unplaceable.push(span);
    if (!widest || span.to > widest.to) widest = span;
  }
  return unplaceable;
}

/** Adds up the sums that lie within `complete`, by name, model and span. */
export function toldSums(
  records: readonly SpendRecord[],
  complete: readonly TimeSpan[],
  parts: number,
): ToldSums {
  const lines = new Map<string, ToldSumLine & { readonly cells: Map<number, SumCell> }>();
  let oldest: number | undefined;
  for (const record of records) {
    const figures = storedFigures(record, parts);
    if (!figures || !isPlaceable(record, complete, parts)) continue;
    const span = spanOf(record);
    const { keyName, model } = record;
    const name = `${keyName.length} ${keyName}${model}`;
    const line = lines.get(name) ?? { keyName, model, cells: new Map() };
    lines.set(name, line);
    line.cells.set(span.from, { ...span, figures: addFigures(line.cells.get(span.from)?.figures, figures) });
    oldest = Math.min(oldest ?? span.from, span.from);
  }
  return { lines: [...lines.values()], oldest };
}

/** Whether it is a sum over a span that lies within `complete`, of an amount that can be stored. */
function isPlaceable(record: SpendRecord, complete: readonly TimeSpan[], parts: number): boolean {
  const isSum = Number.isSafeInteger(record.lasts) && Number.isSafeInteger(record.at + (record.lasts ?? 0));
  const isStored = storedFigures(record, parts) !== undefined;
  return isSum && isStored && isWithin(spanOf(record), complete);
}

/** A record without a duration takes one second. */
function spanOf({ at, lasts = 1 }: SpendRecord): TimeSpan {
  return { from: at, to: at + Math.max(1, lasts) };
}
