import type { LedgerCell, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { type LogCells, QUARTER_S, quarterOf } from './logCells.ts';
import { figuresOf, type SpendFigures } from './spendFigures.ts';
import type { SpendLine, SpendLines } from './spendLines.ts';
import type { SpendSeries } from './spendSeries.ts';
import type { SumCells } from './sumCells.ts';

/** Cells as the rest of the program reads them: with names, units and times in epoch milliseconds. */
export class LedgerCells {
  readonly #lines: SpendLines;
  readonly #log: LogCells;
  readonly #sums: SumCells;

  constructor(lines: SpendLines, log: LogCells, sums: SumCells) {
    this.#lines = lines;
    this.#log = log;
    this.#sums = sums;
  }

  /** The cells of series of one source that begin in a span, oldest first. */
  cellsOf(all: readonly SpendSeries[], span: TimeSpan): LedgerCell[] {
    const seconds = { from: Math.ceil(span.from / 1000), to: Math.ceil(span.to / 1000) };
    const [from, to] = [Math.ceil(seconds.from / QUARTER_S), Math.ceil(seconds.to / QUARTER_S)];
    const cells = this.#ofLines(all, (line, cellOf) => [
      ...this.#log.quarters
        .rowsBetween(line.no, from, to)
        .map(row => cellOf(row[0] * QUARTER_S, (row[0] + 1) * QUARTER_S, figuresOf(row, 1))),
      ...this.#sums.beginningIn(line.no, seconds).map(sum => cellOf(sum.from, sum.to, sum.figures)),
    ]);
    return cells.sort((a, b) => a.from - b.from);
  }

  /** The same by the second; undefined where a part of the span is kept by the quarter only. `secondsFrom` in epoch seconds. */
  secondsOf(all: readonly SpendSeries[], span: TimeSpan, secondsFrom: number): LedgerCell[] | undefined {
    const [from, to] = [Math.ceil(span.from / 1000), Math.ceil(span.to / 1000)];
    const end = Math.min(to, secondsFrom);
    if (from < end && this.#hasQuarters(all, quarterOf(from), quarterOf(end - 1) + 1)) return undefined;
    const cells = this.#ofLines(all, (line, cellOf) =>
      this.#log.seconds
        .rowsBetween(line.no, Math.max(from, secondsFrom), to)
        .map(row => cellOf(row[0], row[0] + 1, figuresOf(row, 1))),
    );
    return cells.sort((a, b) => a.from - b.from);
  }

  #hasQuarters(all: readonly SpendSeries[], from: number, to: number): boolean {
    const lines = all.flatMap(({ no }) => this.#lines.ofSeries(no));
    return lines.some(line => this.#log.quarters.rowsBetween(line.no, from, to).length > 0);
  }

  #ofLines(
    all: readonly SpendSeries[],
    read: (
      line: SpendLine,
      cellOf: (from: number, to: number, figures: SpendFigures) => LedgerCell,
    ) => LedgerCell[],
  ): LedgerCell[] {
    return all.flatMap(series =>
      this.#lines.ofSeries(series.no).flatMap(line =>
        read(line, (from, to, figures) => ({
          from: from * 1000,
          to: to * 1000,
          source: series.source,
          keyName: line.keyName,
          model: line.model,
          ...amountsOf(figures, series),
        })),
      ),
    );
  }
}

/** Stored figures as amounts of the gateway. */
export function amountsOf(
  { raw, requests, prompt, completion }: SpendFigures,
  { unit, perUnit, parts }: SpendSeries,
): Pick<LedgerCell, 'unit' | 'raw' | 'perUnit' | 'requests' | 'promptTokens' | 'completionTokens'> {
  return {
    unit,
    raw: raw / parts,
    perUnit,
    requests: requests ?? undefined,
    promptTokens: prompt ?? undefined,
    completionTokens: completion ?? undefined,
  };
}
