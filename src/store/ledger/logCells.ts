import type { DatabaseSync } from 'node:sqlite';
import { intersectSpans, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { QUARTER_S } from '../../core/time.ts';
import { CellTable } from './cellTable.ts';
import { addFigures, type SpendFigures } from './spendFigures.ts';

/** A cell that was written: a line, and a quarter of an hour. */
export interface ChangedQuarter {
  readonly lineNo: number;
  readonly quarter: number;
}

/** From which second on a log's rows are kept by the second as well; infinite where none are. */
export interface SecondsKept {
  readonly before: number;
  readonly after: number;
}

/** The rows of logs: by quarters of an hour, and the newest part by the second as well. */
export class LogCells {
  readonly quarters: CellTable;
  readonly seconds: CellTable;

  constructor(database: DatabaseSync) {
    this.quarters = new CellTable(database, 'spend_quarters');
    this.seconds = new CellTable(database, 'spend_seconds');
  }

  /**
   * The quarters of which a part cannot be replaced: spend of their other part is covered, and kept by the quarter only.
   */
  unplaceable(
    seriesNo: number,
    replaced: readonly TimeSpan[],
    covered: readonly TimeSpan[],
    secondsFrom: number,
  ): TimeSpan[] {
    const edges = replaced.flatMap(({ from, to }) => [from, to]).filter(second => second % QUARTER_S !== 0);
    const spans = edges
      .map(second => quarterSpan(quarterOf(second)))
      .filter(span => {
        if (span.from >= secondsFrom) return false;
        if (intersectSpans(covered, subtractSpans([span], replaced)).length === 0) return false;
        const quarter = quarterOf(span.from);
        return this.quarters.linesIn(seriesNo, quarter, quarter + 1).length > 0;
      });
    return mergeSpans(spans);
  }

  /** Whether a series has spend before a second. */
  holdsBefore(seriesNo: number, second: number): boolean {
    const { quarters, seconds } = this;
    return [quarters.linesIn(seriesNo, 0, quarterOf(second)), seconds.linesIn(seriesNo, 0, second)].some(
      lines => lines.length > 0,
    );
  }

  /** Replaces a line's spend within `replaced` by that of `told`, by the second. Called inside a transaction. */
  replace(
    lineNo: number,
    replaced: readonly TimeSpan[],
    told: ReadonlyMap<number, SpendFigures>,
    secondsFrom: number,
  ): ChangedQuarter[] {
    const [first, last] = [replaced[0], replaced.at(-1)];
    if (!first || !last) return [];
    const [from, to] = [quarterOf(first.from), quarterOf(last.to - 1) + 1];
    const touched = mergeSpans(
      replaced.map(span => ({ from: quarterOf(span.from), to: quarterOf(span.to - 1) + 1 })),
    );
    const secondsBefore = this.seconds.cellsBetween(lineNo, from * QUARTER_S, to * QUARTER_S);
    const after = new Map<number, SpendFigures>();
    for (const [second, figures] of secondsBefore)
      if (!isIn(second, replaced)) addTo(after, quarterOf(second), figures);
    for (const [second, figures] of told)
      if (isIn(second, replaced)) addTo(after, quarterOf(second), figures);
    this.seconds.replace(
      lineNo,
      secondsBefore,
      told,
      second => second >= secondsFrom && isIn(second, replaced),
    );
    const before = this.quarters.cellsBetween(lineNo, from, to);
    const changed = this.quarters.replace(lineNo, before, after, quarter => isIn(quarter, touched));
    return changed.map(quarter => ({ lineNo, quarter }));
  }

  /** The lines of a series with spend in a quarter of which a part is between two seconds. */
  linesIn(seriesNo: number, from: number, to: number): readonly number[] {
    return this.quarters.linesIn(seriesNo, quarterOf(from), quarterOf(to - 1) + 1);
  }
}

/** The number of the quarter of an hour that a second is in, counted since 1970. */
export function quarterOf(second: number): number {
  return Math.floor(second / QUARTER_S);
}

/** The seconds of a quarter, by its number. */
export function quarterSpan(quarter: number): TimeSpan {
  return { from: quarter * QUARTER_S, to: (quarter + 1) * QUARTER_S };
}

function isIn(at: number, spans: readonly TimeSpan[]): boolean {
  return spans.some(({ from, to }) => at >= from && at < to);
}

function addTo(sums: Map<number, SpendFigures>, at: number, figures: SpendFigures): void {
  sums.set(at, addFigures(sums.get(at), figures));
}
