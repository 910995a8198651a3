import type { DatabaseSync } from 'node:sqlite';
import { ClaimTable } from './claimTable.ts';
import { openDatabase, type StoreTrouble } from './database.ts';
import { KeyTable } from './keyTable.ts';
import { RequestLog } from './requestLog.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

/** What all windows share: one SQLite database, a table per room. */
export class Store {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly shared: boolean;
  readonly trouble: StoreTrouble | undefined;
  readonly #database: DatabaseSync;

  constructor(folder: string, now: number) {
    const { database, shared, trouble } = openDatabase(folder, now);
    this.#database = database;
    this.shared = shared;
    this.trouble = trouble;
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.claims = new ClaimTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
  }

  /** Changes whenever another window has written. */
  get dataVersion(): number {
    return Number(this.#database.prepare('PRAGMA data_version').get()?.data_version ?? 0);
  }

  /** Runs `work` as one transaction that no other window's can overlap; undone when it throws. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
