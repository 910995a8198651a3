import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FIGURE_COLUMNS, figuresOf, isSameFigures, type SpendFigures } from './spendFigures.ts';

/** Figures of one line by time: quarters of an hour, seconds, or local days. */
export type CellsByTime = ReadonlyMap<number, SpendFigures>;

/** The columns of every query for cells. */
export type CellRow = [
  at: number,
  raw: number,
  requests: number | null,
  prompt: number | null,
  completion: number | null,
];

/** The rows of one table of figures by line and time. */
export class CellTable {
  readonly #between: StatementSync;
  readonly #put: StatementSync;
  readonly #drop: StatementSync;
  readonly #dropBefore: StatementSync;
  readonly #first: StatementSync;
  readonly #linesIn: StatementSync;
  readonly #dropOfSeries: StatementSync;

  constructor(database: DatabaseSync, table: 'spend_quarters' | 'spend_seconds' | 'spend_days') {
    this.#between = database.prepare(
      `SELECT at, ${FIGURE_COLUMNS} FROM ${table} WHERE line_no = ? AND at >= ? AND at < ? ORDER BY at`,
    );
    this.#between.setReturnArrays(true);
    this.#put = database.prepare(
      `INSERT INTO ${table} (line_no, at, raw, requests, prompt, completion) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET raw = excluded.raw, requests = excluded.requests, prompt = excluded.prompt,
         completion = excluded.completion`,
    );
    this.#drop = database.prepare(`DELETE FROM ${table} WHERE line_no = ? AND at = ?`);
    this.#dropBefore = database.prepare(`DELETE FROM ${table} WHERE line_no = ? AND at < ?`);
    this.#linesIn = database.prepare(
      `SELECT no FROM spend_lines WHERE series_no = ? AND EXISTS
       (SELECT 1 FROM ${table} WHERE line_no = spend_lines.no AND at >= ? AND at < ?) ORDER BY no`,
    );
    this.#linesIn.setReturnArrays(true);
    this.#dropOfSeries = database.prepare(
      `DELETE FROM ${table} WHERE line_no IN (SELECT no FROM spend_lines WHERE series_no = ?) AND at < ?`,
    );
    this.#first = database.prepare(
      `SELECT min((SELECT min(at) FROM ${table} WHERE line_no = spend_lines.no)) AS at FROM spend_lines
       WHERE series_no = ?`,
    );
  }

  /** The lines of a series with rows from a time on and before another. */
  linesIn(seriesNo: number, from: number, to: number): readonly number[] {
    return (this.#linesIn.all(seriesNo, from, to) as unknown as [number][]).map(([no]) => no);
  }

  /** A line's rows from a time on and before another, in order. */
  rowsBetween(lineNo: number, from: number, to: number): readonly CellRow[] {
    return this.#between.all(lineNo, from, to) as unknown as CellRow[];
  }

  cellsBetween(lineNo: number, from: number, to: number): Map<number, SpendFigures> {
    return new Map(this.rowsBetween(lineNo, from, to).map(row => [row[0], figuresOf(row, 1)]));
  }

  /** The first time that a series has a row at; infinite where it has none. */
  firstOf(seriesNo: number): number {
    return Number(this.#first.get(seriesNo)?.at ?? Number.POSITIVE_INFINITY);
  }

  /**
   * Replaces a line's rows by those of `after` where `isReplaced` says so, and writes only what differs. Returns the
   * times at which something changed. Called inside a transaction.
   */
  replace(
    lineNo: number,
    before: CellsByTime,
    after: CellsByTime,
    isReplaced: (at: number) => boolean,
  ): number[] {
    const changed: number[] = [];
    for (const [at, figures] of after) {
      if (!isReplaced(at) || isSameFigures(before.get(at), figures)) continue;
      this.put(lineNo, at, figures);
      changed.push(at);
    }
    for (const at of before.keys()) {
      if (after.has(at) || !isReplaced(at)) continue;
      this.#drop.run(lineNo, at);
      changed.push(at);
    }
    return changed;
  }

  put(lineNo: number, at: number, { raw, requests, prompt, completion }: SpendFigures): void {
    this.#put.run(lineNo, at, raw, requests, prompt, completion);
  }

  /** Deletes the rows of all lines of a series before a time. */
  dropOfSeries(seriesNo: number, before: number): void {
    this.#dropOfSeries.run(seriesNo, before);
  }

  dropBefore(lineNo: number, at: number): number {
    return Number(this.#dropBefore.run(lineNo, at).changes);
  }
}
