import { isTouched, isWithin, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { CoverageTable } from './coverageTable.ts';
import { LineNames } from './lineNames.ts';
import { addFigures } from './spendFigures.ts';
import type { SpendLines } from './spendLines.ts';
import type { SpendSeries } from './spendSeries.ts';
import type { SumCell, SumCells } from './sumCells.ts';
import { type ToldSums, toldSums, unplaceableSums } from './toldSums.ts';

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
    const { coverage } = this.#tables;
    const foreign = others.flatMap(({ no }) => coverage.spansOf(no));
    const blocked = this.#sumsOf([series, ...others], complete).filter(cell => !isWithin(cell, [complete]));
    const room = subtractSpans([complete], [...foreign, ...blocked]);
    const usable = subtractSpans(room, unplaceableSums(records, room, series.parts));
    const told = toldSums(records, usable, series.parts);
    const rows = this.#rowsByLine(series.no, told, complete);
    const changed = [...rows].flatMap(([no, cells]) => this.#write(no, cells, usable, told.oldest));
    coverage.saveSpans(series.no, mergeSpans([...coverage.spansOf(series.no), ...usable]));
    return changed;
  }

  #rowsByLine(
    seriesNo: number,
    told: ToldSums,
    span: TimeSpan,
  ): ReadonlyMap<number, ReadonlyMap<number, SumCell>> {
    const { lines, sums } = this.#tables;
    const names = new LineNames(seriesNo, lines, told.lines.length, (from, to) =>
      sums.linesIn(seriesNo, { from, to }),
    );
    const rows = new Map(sums.linesIn(seriesNo, span).map(no => [no, new Map<number, SumCell>()]));
    for (const { keyName, model, cells } of told.lines) {
      for (const cell of cells.values()) {
        const line = names.lineAt(cell.from, keyName, model);
        const own = rows.get(line) ?? new Map<number, SumCell>();
        const figures = addFigures(own.get(cell.from)?.figures, cell.figures);
        rows.set(line, own.set(cell.from, { ...cell, figures }));
      }
    }
    return rows;
  }

  #write(
    lineNo: number,
    told: ReadonlyMap<number, SumCell>,
    usable: readonly TimeSpan[],
    oldest: number | undefined,
  ): TimeSpan[] {
    const last = usable.at(-1);
    if (oldest === undefined || !last) return [];
    const before = this.#tables.sums
      .overlapping(lineNo, { from: oldest, to: last.to })
      .filter(cell => isTouched(cell, usable));
    return this.#tables.sums.replace(lineNo, before, [...told.values()]);
  }

  #sumsOf(all: readonly SpendSeries[], span: TimeSpan): SumCell[] {
    const { sums } = this.#tables;
    return all.flatMap(({ no }) => sums.linesIn(no, span).flatMap(line => sums.overlapping(line, span)));
  }
}
