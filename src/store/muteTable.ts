import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mute } from '../core/warnings/mute.ts';

/** Times without warnings that hold for all keys and windows, by name. */
export class MuteTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT since, lasts FROM silences WHERE name = ?');
    this.#put = database.prepare(
      `INSERT INTO silences (name, since, lasts) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET since = excluded.since, lasts = excluded.lasts`,
    );
    this.#remove = database.prepare('DELETE FROM silences WHERE name = ?');
  }

  muteOf(name: string): Mute | undefined {
    const row = this.#get.get(name);
    return row && { since: Number(row.since), lastsMs: Number(row.lasts) };
  }

  saveMute(name: string, { since, lastsMs }: Mute): void {
    this.#put.run(name, since, lastsMs);
  }

  removeMute(name: string): void {
    this.#remove.run(name);
  }
}
