import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Warnings that have fired, by key and name, as text that this table does not parse. */
export class FiredTable {
  readonly #all: StatementSync;
  readonly #of: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key_id, name, mark FROM fired');
    this.#of = database.prepare('SELECT name, mark FROM fired WHERE key_id = ?');
    this.#put = database.prepare(
      `INSERT INTO fired (key_id, name, mark) VALUES (?, ?, ?)
       ON CONFLICT (key_id, name) DO UPDATE SET mark = excluded.mark`,
    );
    this.#remove = database.prepare('DELETE FROM fired WHERE key_id = ? AND name = ?');
  }

  /** All marks, by key and then by name. */
  allFired(): Map<string, Map<string, string>> {
    const marks = new Map<string, Map<string, string>>();
    for (const row of this.#all.all()) {
      const ofKey = marks.get(String(row.key_id)) ?? new Map<string, string>();
      marks.set(String(row.key_id), ofKey.set(String(row.name), String(row.mark)));
    }
    return marks;
  }

  firedOf(keyId: string): Map<string, string> {
    return new Map(this.#of.all(keyId).map(row => [String(row.name), String(row.mark)]));
  }

  saveFired(keyId: string, name: string, mark: string): void {
    this.#put.run(keyId, name, mark);
  }

  removeFired(keyId: string, name: string): void {
    this.#remove.run(keyId, name);
  }
}
