import { intersectSpans, isWithin, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { CoverageTable } from './coverageTable.ts';
import type { SpendLines } from './spendLines.ts';
import type { SpendSeries } from './spendSeries.ts';
import type { SumCell, SumCells } from './sumCells.ts';
import { toldSums, unplaceableSums } from './toldSums.ts';

interface SumTables {
  readonly lines: SpendLines;
  readonly sums: SumCells;
  readonly coverage: CoverageTable;
}

/**
 * Takes in sums. An answer replaces those that lie within its span, from its oldest one on. One that reaches out of the
 * span stays, and what the answer tells of the same time is not counted.
 */
export class SumIntake {
  readonly #tables: SumTables;

  constructor(tables: SumTables) {
    this.#tables = tables;
  }

  /** Returns the spans in which something changed. `others` are the series of the same source by other scales. */
  takeIn(
    series: SpendSeries,
    others: readonly SpendSeries[],
    { records }: SpendRecords,
    complete: TimeSpan,
  ): readonly TimeSpan[] {
    const { coverage, lines } = this.#tables;
    const foreign = others.flatMap(({ no }) => coverage.of(no));
    const blocked = this.#sumsOf([series, ...others], complete).filter(cell => !isWithin(cell, [complete]));
    const room = subtractSpans([complete], [...foreign, ...blocked]);
    const usable = subtractSpans(room, unplaceableSums(records, room, series.parts));
    const told = toldSums(records, usable, series.parts);
    const rows = new Map<number, ReadonlyMap<number, SumCell>>();
    for (const { no } of lines.ofSeries(series.no)) rows.set(no, new Map());
    for (const { keyName, model, cells } of told.lines)
      rows.set(lines.numberOf(series.no, keyName, model), cells);
    const changed = [...rows].flatMap(([no, cells]) => this.#write(no, cells, usable, told.oldest));
    coverage.save(series.no, mergeSpans([...coverage.of(series.no), ...usable]));
    return changed;
  }

  #write(
    lineNo: number,
    told: ReadonlyMap<number, SumCell>,
    usable: readonly TimeSpan[],
    oldest: number | undefined,
  ): TimeSpan[] {
    const [first, last] = [usable[0], usable.at(-1)];
    if (oldest === undefined || !first || !last) return [];
    const replaced = intersectSpans(usable, [{ from: oldest, to: last.to }]);
    const before = this.#tables.sums
      .overlapping(lineNo, { from: oldest, to: last.to })
      .filter(cell => intersectSpans([cell], replaced).length > 0);
    return this.#tables.sums.replace(lineNo, before, [...told.values()]);
  }

  #sumsOf(all: readonly SpendSeries[], span: TimeSpan): SumCell[] {
    const { lines, sums } = this.#tables;
    return all.flatMap(({ no }) => lines.ofSeries(no)).flatMap(line => sums.overlapping(line.no, span));
  }
}
