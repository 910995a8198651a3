import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dayText } from '../../core/ledger/dayText.ts';
import type { DayAmounts } from '../../core/ports/ledgerTable.ts';
import { numbered } from '../numbered.ts';
import { FIGURE_COLUMNS, figuresOf, type SpendFigures } from './spendFigures.ts';

/** Local days from the first on and before the last. */
export interface Period {
  readonly first: number;
  readonly end: number;
}

type Row = [lineNo: number, day: number, ...figures: (number | null)[]];
type AmountRow = [lineNo: number, day: number, raw: number, requests: number | null, tokens: number | null];
type Add = (lineNo: number, firstDay: number, figures: SpendFigures) => void;

/** In these orders of tables, rows of other days are not read, and sums come without sorting. */
const LINES = 'spend_lines AS line';
const LINES_OF_KEY = 'spend_series AS series CROSS JOIN spend_lines AS line ON series_no = series.no';
const TOKENS = 'iif(prompt IS NULL, completion, prompt + ifnull(completion, 0))';
const untoldOrTotal = (column: string) => `iif(count(${column}) = count(*), total(${column}), NULL)`;

/** Reads the sums by day: as they are, or added up over several days. */
export class PeriodSums {
  readonly #database: DatabaseSync;
  readonly #days: StatementSync;
  readonly #daysOfKey: StatementSync;
  readonly #linesOfKey: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const days = (lines: string) =>
      `SELECT line.no, at, ${FIGURE_COLUMNS} FROM ${lines} CROSS JOIN spend_days ON line_no = line.no
       WHERE at >= ?1 AND at < ?2`;
    this.#days = database.prepare(days(LINES));
    this.#daysOfKey = database.prepare(`${days(LINES_OF_KEY)} AND key_no = ?3`);
    this.#linesOfKey = database.prepare(
      `SELECT line.no, at, raw * 1.0, requests * 1.0, (${TOKENS}) * 1.0 FROM ${LINES_OF_KEY}
       CROSS JOIN spend_days ON line_no = line.no WHERE at >= ?1 AND at < ?2 AND key_no = ?3`,
    );
    for (const statement of [this.#days, this.#daysOfKey, this.#linesOfKey]) statement.setReturnArrays(true);
  }

  /** Calls back with each day of a key, or of all. */
  forEachDay({ first, end }: Period, keyNo: number | undefined, add: Add): void {
    const rows =
      keyNo === undefined
        ? this.#days.all(numbered(first, end))
        : this.#daysOfKey.all(numbered(first, end, keyNo));
    forEach(rows, add);
  }

  /** The days of a key by line. `partsOf` tells how many stored numbers are one raw unit. */
  daysByLine(
    { first, end }: Period,
    keyNo: number,
    partsOf: (lineNo: number) => number,
  ): Map<number, readonly DayAmounts[]> {
    const byLine = new Map<number, readonly DayAmounts[]>();
    let [last, parts, own]: [number, number, DayAmounts[]] = [Number.NaN, 1, []];
    // Lines come one after the other, because of the order of the tables.
    for (const row of this.#linesOfKey.all(numbered(first, end, keyNo)) as unknown as AmountRow[]) {
      const [lineNo, day, raw, requests, tokens] = row;
      if (lineNo !== last) {
        [last, parts, own] = [lineNo, partsOf(lineNo), []];
        byLine.set(lineNo, own);
      }
      own.push({
        day: dayText(day),
        raw: raw / parts,
        requests: requests ?? undefined,
        tokens: tokens ?? undefined,
      });
    }
    return byLine;
  }

  /** Calls back with each sum over several days. */
  forEachPeriod(periods: readonly Period[], keyNo: number | undefined, add: Add): void {
    const database = this.#database;
    // Created each time, because a temporary table from a transaction that is rolled back is gone.
    database.exec(
      `CREATE TEMP TABLE IF NOT EXISTS spend_periods (first INTEGER PRIMARY KEY, stop INTEGER);
       DELETE FROM spend_periods`,
    );
    const addPeriod = database.prepare('INSERT OR REPLACE INTO spend_periods (first, stop) VALUES (?, ?)');
    for (const { first, end } of periods) addPeriod.run(first, end);
    const [lines, where] = keyNo === undefined ? [LINES, ''] : [LINES_OF_KEY, 'WHERE key_no = ?'];
    const sums = database.prepare(
      `SELECT line.no, first, total(raw), ${['requests', 'prompt', 'completion'].map(untoldOrTotal).join(', ')}
       FROM ${lines} CROSS JOIN spend_periods CROSS JOIN spend_days ON line_no = line.no AND at >= first AND at < stop
       ${where} GROUP BY line.no, first`,
    );
    sums.setReturnArrays(true);
    forEach(keyNo === undefined ? sums.all() : sums.all(keyNo), add);
  }
}

function forEach(rows: readonly unknown[], add: Add): void {
  for (const row of rows as Row[]) add(row[0], row[1], figuresOf(row, 2));
}
