import { Checkpoints } from './checkpoints.ts';
import type { ChoreTable } from './choreTable.ts';
import type { ClaimTable } from './claimTable.ts';
import {
  afterDamage,
  databasePath,
  fileAt,
  type OpenDatabase,
  type OpenedDatabase,
  openDatabase,
  type StoreTrouble,
} from './database.ts';
import type { KeyTable } from './keyTable.ts';
import type { MarkTable } from './markTable.ts';
import { continueInMemory } from './memory.ts';
import { NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import type { RequestLog } from './requestLog.ts';
import type { SiteTable } from './siteTable.ts';
import { isDamage, isUnwritable } from './sqliteErrors.ts';
import type { StateTable } from './stateTable.ts';
import { type Room, Tables } from './tables.ts';

const WRITING = 'BEGIN IMMEDIATE';
const READING = 'BEGIN';

/**
 * What all windows share: one SQLite database. Every write goes through `transaction`, and reads that must
 * not fail through `view`: when the disk stops taking writes, or a newer version takes the file over, the
 * store goes on in memory with what it had; when the file turns out to be damaged, in a new one.
 */
export class Store {
  readonly #folder: string;
  readonly #onTrouble: (trouble: StoreTrouble) => void;
  #opened: OpenedDatabase;
  #tables: Tables;
  #checkpoints: Checkpoints | undefined;
  #inTransaction = false;

  constructor(
    folder: string,
    now: number,
    onTrouble: (trouble: StoreTrouble) => void = () => undefined,
    open: OpenDatabase = openDatabase,
  ) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#opened = open(folder, now);
    this.#tables = new Tables(this.#opened.database);
    this.#checkpoints = this.#checkpointsOf(this.#opened);
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

  /** Tables whose code need not be there when VS Code starts, such as the history. */
  room<T>(Kind: Room<T>): T {
    return this.#tables.room(Kind);
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
    return Number(this.#tables.dataVersion.get()?.data_version ?? 0);
  }

  /**
   * Runs `work` as one transaction that no other window's can overlap; undone when it throws. Inside,
   * tables are reached through the store, because a retry in another database has other ones.
   */
  transaction<T>(work: () => T): T {
    return this.#run(WRITING, work);
  }

  /** Runs reads that see one and the same state of the database. */
  view<T>(work: () => T): T {
    return this.#run(READING, work);
  }

  /**
   * Whether another file has taken the place of the one in use, because another window found it damaged;
   * the store is in that one then.
   */
  followFile(now: number): boolean {
    const { file } = this.#opened;
    const current = file === undefined ? undefined : fileAt(databasePath(this.#folder));
    if (current === undefined || current === file) return false;
    this.#goOn(openDatabase(this.#folder, now));
    return true;
  }

  close(): void {
    this.#checkpoints?.stop();
    if (this.#opened.database.isOpen) this.#opened.database.close();
  }

  #run<T>(begin: string, work: () => T): T {
    if (this.#inTransaction) return work();
    try {
      return this.#attempt(begin, work);
    } catch (error) {
      const other = this.shared ? this.#insteadAfter(error) : undefined;
      if (!other) throw error;
      this.#goOn(other);
      return this.#attempt(begin, work);
    }
  }

  #attempt<T>(begin: string, work: () => T): T {
    const { database } = this.#opened;
    database.exec(begin);
    this.#inTransaction = true;
    try {
      if (this.#schemaVersion > SCHEMA_VERSION) throw new NewerSchema();
      const result = work();
      database.exec('COMMIT');
      if (begin === WRITING) this.#checkpoints?.committed();
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** The extension may be updated, and another window reloaded, while this one runs. */
  get #schemaVersion(): number {
    return Number(this.#tables.schemaVersion.get()?.user_version ?? 0);
  }

  /** What to use in place of a database that failed; undefined when it is not the database's fault. */
  #insteadAfter(error: unknown): OpenedDatabase | undefined {
    const { file } = this.#opened;
    if (isDamage(error)) {
      this.close();
      return afterDamage(this.#folder, file, Date.now());
    }
    if (error instanceof NewerSchema) return continueInMemory(this.#folder, { kind: 'newer' });
    if (isUnwritable(error)) return continueInMemory(this.#folder, { kind: 'unwritable' });
    return undefined;
  }

  #goOn(opened: OpenedDatabase): void {
    this.close();
    this.#opened = opened;
    this.#tables = new Tables(opened.database);
    this.#checkpoints = this.#checkpointsOf(opened);
    if (opened.trouble) this.#onTrouble(opened.trouble);
  }

  #checkpointsOf({ shared, database }: OpenedDatabase): Checkpoints | undefined {
    return shared ? new Checkpoints(database, databasePath(this.#folder)) : undefined;
  }
}
