import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Secrets without a key that the user wants left alone, by the id their key had. */
export class IgnoredSecretTable {
  readonly #one: StatementSync;
  readonly #add: StatementSync;

  constructor(database: DatabaseSync) {
    this.#one = database.prepare('SELECT 1 FROM ignored_secrets WHERE id = ?');
    this.#add = database.prepare(
      'INSERT INTO ignored_secrets (id, since) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    );
  }

  isIgnored(id: string): boolean {
    return this.#one.get(id) !== undefined;
  }

  ignoreSecret(id: string, now: number): void {
    this.#add.run(id, now);
  }
}
