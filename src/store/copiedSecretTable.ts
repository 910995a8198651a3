import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CopiedSecret } from '../core/ports/secretTables.ts';

/** Which keys' secrets are on the clipboard: digests of them, and never a secret. */
export class CopiedSecretTable {
  readonly #all: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key_id, until, digest FROM copied_secrets');
    this.#put = database.prepare(
      `INSERT INTO copied_secrets (key_id, until, digest) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET until = excluded.until, digest = excluded.digest`,
    );
    this.#remove = database.prepare('DELETE FROM copied_secrets WHERE key_id = ?');
  }

  allCopied(): CopiedSecret[] {
    return this.#all.all().map(row => ({
      keyId: String(row.key_id),
      until: Number(row.until),
      digest: String(row.digest),
    }));
  }

  saveCopied({ keyId, until, digest }: CopiedSecret): void {
    this.#put.run(keyId, until, digest);
  }

  removeCopied(keyId: string): void {
    this.#remove.run(keyId);
  }
}
