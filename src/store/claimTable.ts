import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Which window may check which key now. A claim ends by itself, so a window that crashes leaves nothing behind. */
export class ClaimTable {
  readonly #live: StatementSync;
  readonly #take: StatementSync;
  readonly #stands: StatementSync;
  readonly #prolong: StatementSync;
  readonly #release: StatementSync;
  readonly #end: StatementSync;

  constructor(database: DatabaseSync) {
    this.#live = database.prepare('SELECT 1 FROM claims WHERE key_id = ? AND ends_at > ? AND ends_at <= ?');
    this.#take = database.prepare(
      `INSERT INTO claims (key_id, token, ends_at) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET token = excluded.token, ends_at = excluded.ends_at`,
    );
    this.#stands = database.prepare('SELECT 1 FROM claims WHERE key_id = ? AND token = ? AND ends_at > ?');
    this.#prolong = database.prepare(
      'UPDATE claims SET ends_at = ? WHERE key_id = ? AND token = ? AND ends_at > ?',
    );
    this.#release = database.prepare('DELETE FROM claims WHERE key_id = ? AND token = ?');
    this.#end = database.prepare('DELETE FROM claims WHERE key_id = ?');
  }

  /** Whether the key is claimed now. A claim that ends later than any can was made before the clock went back. */
  isLive(keyId: string, now: number, longestMs: number): boolean {
    return this.#live.get(keyId, now, now + longestMs) !== undefined;
  }

  saveClaim(keyId: string, token: string, endsAt: number): void {
    this.#take.run(keyId, token, endsAt);
  }

  /** Whether the claim is still that of `token`: not ended, not taken over. */
  isHeldBy(keyId: string, token: string, now: number): boolean {
    return this.#stands.get(keyId, token, now) !== undefined;
  }

  /** Prolongs a claim; false when it is no longer that of `token`. */
  prolongClaim(keyId: string, token: string, now: number, endsAt: number): boolean {
    return this.#prolong.run(endsAt, keyId, token, now).changes === 1;
  }

  releaseClaim(keyId: string, token: string): void {
    this.#release.run(keyId, token);
  }

  /** Ends any claim of the key, so that the answer to it is dropped. */
  endClaim(keyId: string): void {
    this.#end.run(keyId);
  }
}
