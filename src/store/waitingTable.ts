import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { WaitingCall } from '../core/ports/requestTables.ts';

/** Calls that people asked for and that wait for room in the request budget. */
export class WaitingTable {
  readonly #count: StatementSync;
  readonly #checks: StatementSync;
  readonly #check: StatementSync;
  readonly #save: StatementSync;
  readonly #remove: StatementSync;
  readonly #stop: StatementSync;

  constructor(database: DatabaseSync) {
    this.#count = database.prepare(
      'SELECT count(*) AS count FROM waiting WHERE origin = ? AND limiter = ? AND since <= ? AND until > ?',
    );
    this.#checks = database.prepare(
      "SELECT key_id FROM waiting WHERE purpose = 'check' AND since <= ? AND until > ?",
    );
    this.#check = database.prepare(
      "SELECT 1 FROM waiting WHERE key_id = ? AND purpose = 'check' AND since <= ? AND until > ? LIMIT 1",
    );
    this.#save = database.prepare(
      `INSERT INTO waiting (origin, limiter, key_id, purpose, since, until) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (key_id, purpose, origin, limiter) DO UPDATE SET since = excluded.since, until = excluded.until`,
    );
    this.#remove = database.prepare(
      'DELETE FROM waiting WHERE origin = ? AND limiter = ? AND key_id = ? AND purpose = ?',
    );
    this.#stop = database.prepare('DELETE FROM waiting WHERE key_id = ? AND purpose = ?');
  }

  countWaiting(baseUrl: string, limiter: string, now: number): number {
    return Number(this.#count.get(baseUrl, limiter, now, now)?.count ?? 0);
  }

  waitingChecks(now: number): ReadonlySet<string> {
    return new Set(this.#checks.all(now, now).map(row => String(row.key_id)));
  }

  isCheckWaiting(keyId: string, now: number): boolean {
    return this.#check.get(keyId, now, now) !== undefined;
  }

  saveWaiting({ baseUrl, limiter, keyId, purpose }: WaitingCall, now: number, until: number): void {
    this.#save.run(baseUrl, limiter, keyId, purpose, now, until);
  }

  removeWaiting({ baseUrl, limiter, keyId, purpose }: WaitingCall): void {
    this.#remove.run(baseUrl, limiter, keyId, purpose);
  }

  stopWaiting(keyId: string, purpose: WaitingCall['purpose']): void {
    this.#stop.run(keyId, purpose);
  }
}
