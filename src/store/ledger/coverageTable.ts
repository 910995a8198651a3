import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { mergeSpans } from '../../core/ledger/spans.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { numbered } from '../numbered.ts';

/** For which seconds all spend of a series is known: spans in order that neither touch nor overlap. Epoch seconds. */
export class CoverageTable {
  readonly #ofSeries: StatementSync;
  readonly #clear: StatementSync;
  readonly #add: StatementSync;
  readonly #cutStart: StatementSync;
  readonly #dropBefore: StatementSync;

  constructor(database: DatabaseSync) {
    this.#ofSeries = database.prepare(
      'SELECT since, until FROM spend_coverage WHERE series_no = ? ORDER BY since',
    );
    this.#clear = database.prepare('DELETE FROM spend_coverage WHERE series_no = ?');
    this.#add = database.prepare('INSERT INTO spend_coverage (series_no, since, until) VALUES (?, ?, ?)');
    this.#dropBefore = database.prepare('DELETE FROM spend_coverage WHERE until <= ?');
    this.#cutStart = database.prepare('UPDATE spend_coverage SET since = ?1 WHERE since < ?1');
  }

  spansOf(seriesNo: number): readonly TimeSpan[] {
    return this.#ofSeries.all(seriesNo).map(row => ({ from: Number(row.since), to: Number(row.until) }));
  }

  /** Called inside a transaction. */
  saveSpans(seriesNo: number, spans: readonly TimeSpan[]): void {
    const before = this.spansOf(seriesNo);
    const after = mergeSpans(spans);
    const isSame = before.every(
      ({ from, to }, index) => after[index]?.from === from && after[index].to === to,
    );
    if (isSame && before.length === after.length) return;
    this.#clear.run(seriesNo);
    for (const { from, to } of after) this.#add.run(seriesNo, from, to);
  }

  /** Deletes coverage before a moment. Called inside a transaction. */
  deleteBefore(second: number): void {
    this.#dropBefore.run(second);
    this.#cutStart.run(numbered(second));
  }
}
