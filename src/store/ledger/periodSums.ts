import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FIGURE_COLUMNS, figuresOf, type SpendFigures } from './spendFigures.ts';

/** Local days from the first on and before the last. */
export interface Period {
  readonly first: number;
  readonly end: number;
}

type Row = [lineNo: number, day: number, ...figures: (number | null)[]];
type Add = (lineNo: number, firstDay: number, figures: SpendFigures) => void;

/** In these orders of tables, rows of other days are not read, and sums come without sorting. */
const LINES = 'spend_lines AS line';
const LINES_OF_KEY = 'spend_series AS series CROSS JOIN spend_lines AS line ON series_no = series.no';
const untoldOrTotal = (column: string) => `iif(count(${column}) = count(*), total(${column}), NULL)`;

/** Reads the sums by day: as they are, or added up over several days. */
export class PeriodSums {
  readonly #days: StatementSync;
  readonly #daysOfKey: StatementSync;
  readonly #periods: StatementSync;
  readonly #periodsOfKey: StatementSync;
  readonly #clear: StatementSync;
  readonly #addPeriod: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec('CREATE TEMP TABLE IF NOT EXISTS spend_periods (first INTEGER PRIMARY KEY, stop INTEGER)');
    const days = (lines: string) =>
      `SELECT line.no, at, ${FIGURE_COLUMNS} FROM ${lines} CROSS JOIN spend_days ON line_no = line.no
       WHERE at >= ?1 AND at < ?2`;
    const periods = (lines: string, where: string) =>
      `SELECT line.no, first, total(raw), ${['requests', 'prompt', 'completion'].map(untoldOrTotal).join(', ')}
       FROM ${lines} CROSS JOIN spend_periods CROSS JOIN spend_days ON line_no = line.no AND at >= first AND at < stop
       ${where} GROUP BY line.no, first`;
    this.#days = database.prepare(days(LINES));
    this.#daysOfKey = database.prepare(`${days(LINES_OF_KEY)} AND key_no = ?3`);
    this.#periods = database.prepare(periods(LINES, ''));
    this.#periodsOfKey = database.prepare(periods(LINES_OF_KEY, 'WHERE key_no = ?1'));
    for (const statement of [this.#days, this.#daysOfKey, this.#periods, this.#periodsOfKey])
      statement.setReturnArrays(true);
    this.#clear = database.prepare('DELETE FROM spend_periods');
    this.#addPeriod = database.prepare('INSERT OR REPLACE INTO spend_periods (first, stop) VALUES (?, ?)');
  }

  /** Calls back with each day of a key, or of all. */
  forEachDay({ first, end }: Period, keyNo: number | undefined, add: Add): void {
    const rows = keyNo === undefined ? this.#days.all(first, end) : this.#daysOfKey.all(first, end, keyNo);
    forEach(rows, add);
  }

  forEachPeriod(periods: readonly Period[], keyNo: number | undefined, add: Add): void {
    this.#clear.run();
    for (const { first, end } of periods) this.#addPeriod.run(first, end);
    forEach(keyNo === undefined ? this.#periods.all() : this.#periodsOfKey.all(keyNo), add);
  }
}

function forEach(rows: readonly unknown[], add: Add): void {
  for (const row of rows as Row[]) add(row[0], row[1], figuresOf(row, 2));
}
