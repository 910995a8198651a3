import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Whose spend a row is: within a series, a name in the account's list and a model. */
export interface SpendLine {
  readonly no: number;
  readonly seriesNo: number;
  readonly keyName: string;
  readonly model: string;
}

type Row = [no: number, seriesNo: number, keyName: string, model: string];

/** One row for each name and model of a series, so that rows of figures need but one small number. */
export class SpendLines {
  readonly #ofSeries: StatementSync;
  readonly #all: StatementSync;
  readonly #name: StatementSync;
  readonly #addName: StatementSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #dropLines: StatementSync;
  readonly #dropNames: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = `SELECT line.no, series_no, name.name, model.name FROM spend_lines AS line
      JOIN spend_names AS name ON name.no = name_no JOIN spend_names AS model ON model.no = model_no`;
    this.#ofSeries = database.prepare(`${columns} WHERE series_no = ? ORDER BY line.no`);
    this.#all = database.prepare(`${columns} ORDER BY line.no`);
    for (const statement of [this.#ofSeries, this.#all]) statement.setReturnArrays(true);
    this.#name = database.prepare('SELECT no FROM spend_names WHERE name = ?');
    this.#addName = database.prepare('INSERT INTO spend_names (name) VALUES (?) RETURNING no');
    this.#find = database.prepare(
      'SELECT no FROM spend_lines WHERE series_no = ? AND name_no = ? AND model_no = ?',
    );
    this.#add = database.prepare(
      'INSERT INTO spend_lines (series_no, name_no, model_no) VALUES (?, ?, ?) RETURNING no',
    );
    const isEmpty = (table: string) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE line_no = spend_lines.no)`;
    this.#dropLines = database.prepare(
      `DELETE FROM spend_lines WHERE ${isEmpty('spend_quarters')} AND ${isEmpty('spend_sums')} AND ${isEmpty('spend_days')}`,
    );
    this.#dropNames = database.prepare(
      'DELETE FROM spend_names WHERE no NOT IN (SELECT name_no FROM spend_lines UNION SELECT model_no FROM spend_lines)',
    );
  }

  ofSeries(seriesNo: number): readonly SpendLine[] {
    return rowsOf(this.#ofSeries.all(seriesNo));
  }

  allLines(): readonly SpendLine[] {
    return rowsOf(this.#all.all());
  }

  /** The number of a line; begun where there is none yet. Called inside a transaction that writes. */
  numberOf(seriesNo: number, keyName: string, model: string): number {
    const [nameNo, modelNo] = [this.#nameNo(keyName), this.#nameNo(model)];
    const row = this.#find.get(seriesNo, nameNo, modelNo) ?? this.#add.get(seriesNo, nameNo, modelNo);
    return Number(row?.no);
  }

  /** Deletes lines and names of which nothing is left. Called inside a transaction. */
  dropUnused(): void {
    this.#dropLines.run();
    this.#dropNames.run();
  }

  #nameNo(name: string): number {
    return Number((this.#name.get(name) ?? this.#addName.get(name))?.no);
  }
}

function rowsOf(rows: readonly unknown[]): SpendLine[] {
  return (rows as Row[]).map(([no, seriesNo, keyName, model]) => ({ no, seriesNo, keyName, model }));
}
