import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A row whose only use is to be written: whether the disk takes writes is seen by one alone. */
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
