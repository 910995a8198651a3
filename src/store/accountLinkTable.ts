import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AccountLink } from '../core/ports/keyTables.ts';
import { numbered } from './numbered.ts';
import { timeFrom } from './storedShape.ts';

/** Keys that were found in the list of an account. One row a key. */
export class AccountLinkTable {
  readonly #get: StatementSync;
  readonly #all: StatementSync;
  readonly #save: StatementSync;
  readonly #end: StatementSync;
  readonly #separate: StatementSync;
  readonly #untold: StatementSync;
  readonly #markTold: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT * FROM account_links WHERE key_id = ?');
    this.#all = database.prepare('SELECT * FROM account_links ORDER BY key_id');
    // A link to another account is announced again, one to the same account is not. 0 marks a link that has ended.
    this.#save = database.prepare(
      `INSERT INTO account_links (key_id, account_id, linked_at) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET account_id = excluded.account_id, linked_at = excluded.linked_at,
         told_at = CASE WHEN account_id = excluded.account_id THEN told_at END
       WHERE account_id <> excluded.account_id OR linked_at = 0`,
    );
    this.#end = database.prepare(
      'UPDATE account_links SET linked_at = 0 WHERE key_id = ?1 OR account_id = ?1',
    );
    this.#separate = database.prepare('UPDATE account_links SET separated_at = ? WHERE key_id = ?');
    this.#untold = database.prepare(
      'SELECT * FROM account_links WHERE told_at IS NULL AND separated_at IS NULL AND linked_at > 0 ORDER BY linked_at, key_id',
    );
    this.#markTold = database.prepare(
      'UPDATE account_links SET told_at = ? WHERE told_at IS NULL AND linked_at > 0',
    );
  }

  linkOf(keyId: string): AccountLink | undefined {
    const row = this.#get.get(keyId);
    return row && linkFrom(row);
  }

  allLinks(): readonly AccountLink[] {
    return this.#all.all().map(linkFrom);
  }

  saveLink(keyId: string, accountId: string, now: number): void {
    this.#save.run(keyId, accountId, now);
  }

  endLinks(id: string): void {
    this.#end.run(numbered(id));
  }

  setSeparated(keyId: string, since: number | undefined): void {
    this.#separate.run(since ?? null, keyId);
  }

  takeUntold(now: number): readonly AccountLink[] {
    const links = this.#untold.all().map(linkFrom);
    if (links.length > 0) this.#markTold.run(now);
    return links;
  }
}

function linkFrom(row: Readonly<Record<string, unknown>>): AccountLink {
  return {
    keyId: String(row.key_id),
    accountId: String(row.account_id),
    stands: row.linked_at !== 0,
    separatedAt: timeFrom(row.separated_at),
  };
}
