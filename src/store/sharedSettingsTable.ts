import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What the user set for programs outside VS Code that read the database, by name. */
export class SharedSettingsTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT value FROM shared_settings WHERE name = ?');
    this.#put = database.prepare(
      'INSERT INTO shared_settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
  }

  textOf(name: string): string | undefined {
    const value = this.#get.get(name)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  saveText(name: string, text: string): void {
    this.#put.run(name, text);
  }
}
