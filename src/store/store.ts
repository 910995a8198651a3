import { ChoreTable } from './choreTable.ts';
import { ClaimTable } from './claimTable.ts';
import { Compaction } from './compaction.ts';
import {
  continueInMemory,
  type OpenedDatabase,
  openDatabase,
  reopenAfterDamage,
  type StoreTrouble,
} from './database.ts';
import { HistoryTable } from './historyTable.ts';
import { KeyTable } from './keyTable.ts';
import { MarkTable } from './markTable.ts';
import { RequestLog } from './requestLog.ts';
import { SiteTable } from './siteTable.ts';
import { isDamage, isUnwritable } from './sqliteErrors.ts';
import { StateTable } from './stateTable.ts';

/** A room for each table, over one open database. */
class Tables {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly marks: MarkTable;
  readonly chores: ChoreTable;
  readonly history: HistoryTable;
  readonly compaction: Compaction;

  constructor({ database }: OpenedDatabase) {
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.claims = new ClaimTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
    this.marks = new MarkTable(database);
    this.chores = new ChoreTable(database);
    this.history = new HistoryTable(database);
    this.compaction = new Compaction(database);
  }
}

/**
 * What all windows share: one SQLite database. Every write goes through `transaction`; when the disk stops
 * taking them, the store goes on in memory with what it had, and when the file turns out to be damaged, in
 * a new one.
 */
export class Store {
  readonly #folder: string;
  readonly #onTrouble: (trouble: StoreTrouble) => void;
  #opened: OpenedDatabase;
  #tables: Tables;
  #inTransaction = false;

  constructor(folder: string, now: number, onTrouble: (trouble: StoreTrouble) => void = () => undefined) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#opened = openDatabase(folder, now);
    this.#tables = new Tables(this.#opened);
    if (this.#opened.trouble) onTrouble(this.#opened.trouble);
  }

  get keys(): KeyTable {
    return this.#tables.keys;
  }

  get states(): StateTable {
    return this.#tables.states;
  }

  get claims(): ClaimTable {
    return this.#tables.claims;
  }

  get requests(): RequestLog {
    return this.#tables.requests;
  }

  get sites(): SiteTable {
    return this.#tables.sites;
  }

  get marks(): MarkTable {
    return this.#tables.marks;
  }

  get chores(): ChoreTable {
    return this.#tables.chores;
  }

  get history(): HistoryTable {
    return this.#tables.history;
  }

  get compaction(): Compaction {
    return this.#tables.compaction;
  }

  /** Whether other windows see what this one writes. */
  get shared(): boolean {
    return this.#opened.shared;
  }

  /** Whether the database began empty. */
  get fresh(): boolean {
    return this.#opened.fresh;
  }

  get trouble(): StoreTrouble | undefined {
    return this.#opened.trouble;
  }

  /** Changes whenever another window has written. */
  get dataVersion(): number {
    return Number(this.#opened.database.prepare('PRAGMA data_version').get()?.data_version ?? 0);
  }

  /**
   * Runs `work` as one transaction that no other window's can overlap; undone when it throws. Inside,
   * tables are reached through the store, because a retry in memory has other ones.
   */
  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    try {
      return this.#attempt(work);
    } catch (error) {
      if (!this.shared || !(isUnwritable(error) || isDamage(error))) throw error;
      this.#goOnElsewhere(isDamage(error));
      return this.#attempt(work);
    }
  }

  close(): void {
    if (this.#opened.database.isOpen) this.#opened.database.close();
  }

  #attempt<T>(work: () => T): T {
    const { database } = this.#opened;
    database.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  #goOnElsewhere(damaged: boolean): void {
    this.close();
    this.#opened = damaged ? reopenAfterDamage(this.#folder, Date.now()) : continueInMemory(this.#folder);
    this.#tables = new Tables(this.#opened);
    if (this.#opened.trouble) this.#onTrouble(this.#opened.trouble);
  }
}
