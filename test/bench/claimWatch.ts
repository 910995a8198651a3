import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../src/store/database.ts';

/** Counts claims that were never released: it looks from outside, at intervals longer than any check takes. */
export class ClaimWatch {
  readonly #database: DatabaseSync;
  readonly #left = new Set<string>();
  #before = new Set<string>();

  constructor(folder: string) {
    this.#database = new DatabaseSync(databasePath(folder), { readOnly: true });
  }

  look(): void {
    const now = new Set(
      this.#database
        .prepare('SELECT token FROM claims')
        .all()
        .map(({ token }) => String(token)),
    );
    for (const token of now) if (this.#before.has(token)) this.#left.add(token);
    this.#before = now;
  }

  get leftBehind(): number {
    return this.#left.size;
  }

  close(): void {
    this.#database.close();
  }
}
