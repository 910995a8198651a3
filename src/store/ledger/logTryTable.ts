import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FormerSecret, LogTry } from '../../core/ports/requestTables.ts';
import { numbered } from '../numbered.ts';

/**
 * When the log of each key was last asked for in the background, so that one window does it and not each; and since
 * when its rows count.
 */
export class LogTryTable {
  readonly #find: StatementSync;
  readonly #lastAt: StatementSync;
  readonly #save: StatementSync;
  readonly #since: StatementSync;
  readonly #saveSince: StatementSync;
  readonly #unlogged: StatementSync;
  readonly #saveUnlogged: StatementSync;
  readonly #former: StatementSync;
  readonly #saveFormer: StatementSync;
  readonly #removeFormer: StatementSync;

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
    this.#unlogged = database.prepare('SELECT unlogged_until FROM log_tries WHERE key_id = ?');
    this.#saveUnlogged = database.prepare(
      `INSERT INTO log_tries (key_id, at, failures, unlogged_until) SELECT id, 0, 0, ?2 FROM keys WHERE id = ?1
       ON CONFLICT (key_id) DO UPDATE SET unlogged_until = excluded.unlogged_until`,
    );
    this.#former = database.prepare('SELECT * FROM former_secrets WHERE key_id = ? ORDER BY until DESC');
    this.#saveFormer = database.prepare('INSERT OR REPLACE INTO former_secrets VALUES (?, ?, ?, ?)');
    this.#removeFormer = database.prepare('DELETE FROM former_secrets WHERE key_id = ? AND until = ?');
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
    this.#saveSince.run(numbered(keyId, since));
  }

  unloggedUntil(keyId: string): number | undefined {
    const until = this.#unlogged.get(keyId)?.unlogged_until ?? undefined;
    return until === undefined ? undefined : Number(until);
  }

  /** Called inside a transaction. */
  saveUnloggedUntil(keyId: string, until: number): void {
    this.#saveUnlogged.run(numbered(keyId, until));
  }

  formerSecrets(keyId: string): readonly FormerSecret[] {
    return this.#former.all(keyId).map(({ until, fingerprint, account }) => ({
      until: Number(until),
      fingerprint: String(fingerprint),
      ...(account !== null && { account: String(account) }),
    }));
  }

  /** Called inside a transaction. */
  saveFormerSecret(keyId: string, { until, fingerprint, account }: FormerSecret): void {
    this.#saveFormer.run(keyId, until, fingerprint, account ?? null);
  }

  /** Called inside a transaction. */
  removeFormerSecret(keyId: string, until: number): void {
    this.#removeFormer.run(keyId, until);
  }
}
