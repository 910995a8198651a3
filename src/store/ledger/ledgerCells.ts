import type { LedgerCell, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { QUARTER_S } from '../../core/time.ts';
import { type LogCells, quarterSpan } from './logCells.ts';
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
    const { quarters } = this.#log;
    const seconds = { from: Math.ceil(span.from / 1000), to: Math.ceil(span.to / 1000) };
    const [from, to] = [Math.ceil(seconds.from / QUARTER_S), Math.ceil(seconds.to / QUARTER_S)];
    const cells = all.flatMap(series => [
      ...this.#named(series, quarters.linesIn(series.no, from, to)).flatMap(line =>
        quarters
          .rowsBetween(line.no, from, to)
          .map(row => cellOf(series, line, quarterSpan(row[0]), figuresOf(row, 1))),
      ),
      ...this.#named(series, this.#sums.linesIn(series.no, seconds)).flatMap(line =>
        this.#sums.beginningIn(line.no, seconds).map(sum => cellOf(series, line, sum, sum.figures)),
      ),
    ]);
    return cells.sort((a, b) => a.from - b.from);
  }

  /** The same by the second; undefined where a part of the span is kept by the quarter only. `secondsFrom` in epoch seconds. */
  secondsOf(all: readonly SpendSeries[], span: TimeSpan, secondsFrom: number): LedgerCell[] | undefined {
    const { seconds } = this.#log;
    const [from, to] = [Math.ceil(span.from / 1000), Math.ceil(span.to / 1000)];
    const end = Math.min(to, secondsFrom);
    if (from < end && all.some(({ no }) => this.#log.linesIn(no, from, end).length > 0)) return undefined;
    const start = Math.max(from, secondsFrom);
    const cells = all.flatMap(series =>
      this.#named(series, seconds.linesIn(series.no, start, to)).flatMap(line =>
        seconds
          .rowsBetween(line.no, start, to)
          .map(row => cellOf(series, line, { from: row[0], to: row[0] + 1 }, figuresOf(row, 1))),
      ),
    );
    return cells.sort((a, b) => a.from - b.from);
  }

  /** The names of lines of a series. */
  #named(series: SpendSeries, lines: readonly number[]): readonly SpendLine[] {
    if (lines.length === 0) return [];
    const wanted = new Set(lines);
    return this.#lines.ofSeries(series.no).filter(({ no }) => wanted.has(no));
  }
}

function cellOf(
  { source, unit, perUnit, parts }: SpendSeries,
  { keyName, model }: SpendLine,
  span: TimeSpan,
  { raw, requests, prompt, completion }: SpendFigures,
): LedgerCell {
  return {
    from: span.from * 1000,
    to: span.to * 1000,
    source,
    keyName,
    model,
    unit,
    raw: raw / parts,
    perUnit,
    requests: requests ?? undefined,
    promptTokens: prompt ?? undefined,
    completionTokens: completion ?? undefined,
  };
}
