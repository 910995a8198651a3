import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A row that is written only to see whether the disk can be written. */
export class WriteProbe {
  readonly #put: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT INTO write_probe (no, at) VALUES (1, ?) ON CONFLICT (no) DO UPDATE SET at = excluded.at',
    );
  }

  probeWrite(now: number): void {
    this.#put.run(now);
  }
}
