import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The numbers by which agents know keys whose names they are not told. A number stays taken when its key is gone. */
export class AliasTable {
  readonly #all: StatementSync;
  readonly #last: StatementSync;
  readonly #add: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key_id, number FROM aliases WHERE key_id IS NOT NULL');
    this.#last = database.prepare('SELECT max(number) AS last FROM aliases');
    this.#add = database.prepare('INSERT INTO aliases (key_id, number) VALUES (?, ?)');
  }

  /** By key. */
  allAliases(): Map<string, number> {
    return new Map(this.#all.all().map(row => [String(row.key_id), Number(row.number)]));
  }

  /** Gives a key the number after the highest that any key ever had, from 1 on. Returns it. */
  addAlias(keyId: string): number {
    const number = Number(this.#last.get()?.last ?? 0) + 1;
    this.#add.run(keyId, number);
    return number;
  }
}
