import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LogTry } from '../../core/ports/requestTables.ts';

/** When the log of each key was last asked for in the background, so that one window does it and not each. */
export class LogTryTable {
  readonly #find: StatementSync;
  readonly #lastAt: StatementSync;
  readonly #save: StatementSync;
  readonly #since: StatementSync;
  readonly #saveSince: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT at, failures FROM log_tries WHERE key_id = ?');
    this.#lastAt = database.prepare(
      'SELECT max(at) AS at FROM log_tries JOIN keys ON keys.id = key_id WHERE origin = ?',
    );
    this.#save = database.prepare(
      `INSERT INTO log_tries (key_id, at, failures) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET at = excluded.at, failures = excluded.failures`,
    );
    this.#since = database.prepare('SELECT since FROM log_tries WHERE key_id = ?');
    this.#saveSince = database.prepare(
      `INSERT INTO log_tries (key_id, at, failures, since) SELECT id, 0, 0, ?2 FROM keys WHERE id = ?1
       ON CONFLICT (key_id) DO UPDATE SET since = excluded.since`,
    );
  }

  tryOf(keyId: string): LogTry | undefined {
    const row = this.#find.get(keyId);
    return row && { at: Number(row.at), failures: Number(row.failures) };
  }

  lastTryAt(baseUrl: string): number {
    return Number(this.#lastAt.get(baseUrl)?.at ?? 0);
  }

  /** Called inside a transaction. */
  saveTry(keyId: string, { at, failures }: LogTry): void {
    this.#save.run(keyId, at, failures);
  }

  takenSince(keyId: string): number {
    return Number(this.#since.get(keyId)?.since ?? 0);
  }

  /** Called inside a transaction. */
  takeOnlySince(keyId: string, since: number): void {
    this.#saveSince.run(keyId, since);
  }
}
