import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mute } from '../core/warnings/mute.ts';

/** Times without warnings that hold for one key each. */
export class SnoozeTable {
  readonly #all: StatementSync;
  readonly #put: StatementSync;
  readonly #removeAll: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key_id, since, lasts FROM snoozes');
    this.#put = database.prepare(
      `INSERT INTO snoozes (key_id, since, lasts) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET since = excluded.since, lasts = excluded.lasts`,
    );
    this.#removeAll = database.prepare('DELETE FROM snoozes');
  }

  /** By key. */
  allSnoozes(): Map<string, Mute> {
    const rows = this.#all.all();
    return new Map(
      rows.map(row => [String(row.key_id), { since: Number(row.since), lastsMs: Number(row.lasts) }]),
    );
  }

  saveSnooze(keyId: string, { since, lastsMs }: Mute): void {
    this.#put.run(keyId, since, lastsMs);
  }

  removeAllSnoozes(): void {
    this.#removeAll.run();
  }
}
