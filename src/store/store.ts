import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { NotSavedError } from '../core/ports/notSavedError.ts';
import type { Store } from '../core/ports/store.ts';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import type { AccountLinkTable } from './accountLinkTable.ts';
import type { AliasTable } from './aliasTable.ts';
import { carryBack, mayBeWritable } from './carryBack.ts';
import type { ClaimTable } from './claimTable.ts';
import type { Compaction } from './compaction.ts';
import { continueInMemory } from './continueInMemory.ts';
import type { CopiedSecretTable } from './copiedSecretTable.ts';
import { databasePath, fileAt, type OpenDatabase, type OpenedDatabase } from './database.ts';
import type { FiredTable } from './firedTable.ts';
import { withErrorHandling } from './guarded.ts';
import type { HistoryTable } from './historyTable.ts';
import type { IgnoredSecretTable } from './ignoredSecretTable.ts';
import type { KeyRulesTable } from './keyRulesTable.ts';
import type { KeyTable } from './keyTable.ts';
import type { MaintenanceTable } from './maintenanceTable.ts';
import { NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import type { MuteTable } from './muteTable.ts';
import { afterDamage, openDatabase } from './openDatabase.ts';
import type { RequestLog } from './requestLog.ts';
import { LOCK_TIMEOUT_MS, openUnlocked, retryWhileLocked } from './retryWhileLocked.ts';
import type { ScaleTable } from './scaleTable.ts';
import type { ShareTable } from './shareTable.ts';
import type { SiteTable } from './siteTable.ts';
import type { SnoozeTable } from './snoozeTable.ts';
import { isDamage, isUnwritable } from './sqliteErrors.ts';
import type { StateTable } from './stateTable.ts';
import { Tables } from './tables.ts';
import type { WaitingTable } from './waitingTable.ts';
import type { WriteProbe } from './writeProbe.ts';

const WRITING = 'BEGIN IMMEDIATE';
const READING = 'BEGIN';
/** A single statement is a transaction of its own. */
const SINGLE_STATEMENT = '';
type TransactionStart = typeof WRITING | typeof READING | typeof SINGLE_STATEMENT;

/**
 * The SQLite database that all windows share. Every read and write goes through `#run`, which handles errors of the
 * file. Where the disk refuses writes, or a newer version has migrated the file, the store continues in memory with what
 * it had, and returns to the file when the disk accepts writes again. Where the file is damaged, it continues in a new
 * one. Writes belong into a `transaction`, and reads that must agree with each other into a `view`.
 */
export class SqliteStore implements Store {
  readonly keys: KeyTable = this.#handled(tables => tables.keys);
  readonly states: StateTable = this.#handled(tables => tables.states);
  readonly claims: ClaimTable = this.#handled(tables => tables.claims);
  readonly requests: RequestLog = this.#handled(tables => tables.requests);
  readonly sites: SiteTable = this.#handled(tables => tables.sites);
  readonly shares: ShareTable = this.#handled(tables => tables.shares);
  readonly accountLinks: AccountLinkTable = this.#handled(tables => tables.accountLinks);
  readonly fired: FiredTable = this.#handled(tables => tables.fired);
  readonly snoozes: SnoozeTable = this.#handled(tables => tables.snoozes);
  readonly keyRules: KeyRulesTable = this.#handled(tables => tables.keyRules);
  readonly aliases: AliasTable = this.#handled(tables => tables.aliases);
  readonly copiedSecrets: CopiedSecretTable = this.#handled(tables => tables.copiedSecrets);
  readonly ignoredSecrets: IgnoredSecretTable = this.#handled(tables => tables.ignoredSecrets);
  readonly waiting: WaitingTable = this.#handled(tables => tables.waiting);
  readonly writeProbe: WriteProbe = this.#handled(tables => tables.writeProbe);
  readonly maintenance: MaintenanceTable = this.#handled(tables => tables.maintenance);
  readonly history: HistoryTable = this.#handled(tables => tables.history);
  readonly mutes: MuteTable = this.#handled(tables => tables.mutes);
  readonly compaction: Compaction = this.#handled(tables => tables.compaction);
  readonly scales: ScaleTable = this.#handled(tables => tables.scales);
  readonly #folder: string;
  readonly #onTrouble: (trouble: StoreTrouble) => void;
  readonly #open: OpenDatabase;
  #opened: OpenedDatabase;
  #tables: Tables;
  /** Identifies the write-ahead log in use; another file may be at its path by now. */
  #log: bigint | undefined;
  #inTransaction = false;

  constructor(
    folder: string,
    now: number,
    onTrouble: (trouble: StoreTrouble) => void = () => undefined,
    open: OpenDatabase = openDatabase,
  ) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#open = open;
    this.#opened = open(folder, now);
    this.#tables = this.#readTables(now);
    this.#noteOpened();
  }

  /** Opens a store, and waits while the file is locked, for example by a virus scanner after a crash. */
  static async start(
    folder: string,
    now: () => number,
    onTrouble: (trouble: StoreTrouble) => void,
    { open = openDatabase, patienceMs = LOCK_TIMEOUT_MS }: { open?: OpenDatabase; patienceMs?: number } = {},
  ): Promise<SqliteStore> {
    let first: OpenedDatabase | undefined = await openUnlocked(() => open(folder, now()), patienceMs);
    const openFirst: OpenDatabase = (...where) => {
      const opened = first ?? open(...where);
      first = undefined;
      return opened;
    };
    return new SqliteStore(folder, now(), onTrouble, openFirst);
  }

  /** Whether other windows see what this one writes. */
  get shared(): boolean {
    return this.#opened.shared;
  }

  /** Whether the database was empty when it was opened. */
  get fresh(): boolean {
    return this.#opened.fresh;
  }

  get trouble(): StoreTrouble | undefined {
    return this.#opened.trouble;
  }

  /** Changes whenever another window has written. */
  get dataVersion(): number {
    return this.#run(SINGLE_STATEMENT, () => Number(this.#tables.dataVersion.get()?.data_version ?? 0));
  }

  /**
   * Runs `work` as one transaction that no other window's can overlap; undone when it throws. It may be run a
   * second time, in another database, so it may change nothing but tables.
   *
   * @throws what `work` throws; SQLite's error where another program keeps the file locked (`isDatabaseBusy`).
   */
  transaction<T>(work: () => T): T {
    return this.#run(WRITING, work);
  }

  /** Runs reads that see one and the same state of the database. */
  view<T>(work: () => T): T {
    return this.#run(READING, work);
  }

  /**
   * A transaction for what a person sets: afterwards it is on the disk, or nothing was changed and a `NotSavedError` says
   * why.
   *
   * @throws NotSavedError where it could not be; what `work` throws; SQLite's error where the file is locked (`isDatabaseBusy`).
   */
  transactionOnDisk<T>(work: () => T): T {
    if (this.shared) this.#restoreFiles();
    else if (this.trouble?.kind === 'unwritable') this.#returnToFile(Date.now());
    if (!this.shared) throw new NotSavedError(this.trouble?.kind ?? 'unwritable');
    try {
      return this.#attempt(WRITING, work);
    } catch (error) {
      const other = this.#replacementAfter(error);
      if (!other) throw error;
      this.#continueWith(other);
      throw new NotSavedError(other.trouble?.kind ?? 'damaged');
    }
  }

  /**
   * Repeats `work` while another program keeps the file locked, without blocking the window.
   *
   * @throws NotSavedError `locked` after `patienceMs` milliseconds; what `work` throws for any other reason.
   */
  retryWhileLocked<T>(work: () => T | PromiseLike<T>, patienceMs = LOCK_TIMEOUT_MS): Promise<T> {
    return retryWhileLocked(work, patienceMs);
  }

  /**
   * Changes to another file where that is needed: another window has replaced a damaged file, the file is no longer
   * locked, or the disk accepts writes again. Returns whether it did. `now` in epoch milliseconds.
   */
  followFile(now: number): boolean {
    if (this.trouble?.kind === 'locked') {
      const opened = this.#open(this.#folder, now);
      if (opened.trouble?.kind === 'locked') opened.database.close();
      else this.#continueWith(opened);
      return this.trouble?.kind !== 'locked';
    }
    if (this.trouble?.kind === 'unwritable') return this.#returnToFile(now);
    const { file } = this.#opened;
    const current = file === undefined ? undefined : fileAt(databasePath(this.#folder));
    if (current === undefined || current === file) return false;
    this.#continueWith(this.#open(this.#folder, now));
    return true;
  }

  /** Returns from memory to the file once that accepts writes again, and copies back what has changed. */
  #returnToFile(now: number): boolean {
    if (!mayBeWritable(this.#folder)) return false;
    const opened = this.#open(this.#folder, now);
    const { database, shared, fresh } = opened;
    if (shared && carryBack(this.#opened.database, database, fresh)) {
      this.#continueWith(opened);
      return true;
    }
    database.close();
    return false;
  }

  close(): void {
    if (this.#opened.database.isOpen) this.#opened.database.close();
  }

  #handled<T extends object>(table: (tables: Tables) => T): T {
    return withErrorHandling(
      () => table(this.#tables),
      work => this.#run(SINGLE_STATEMENT, work),
    );
  }

  #run<T>(begin: TransactionStart, work: () => T): T {
    if (this.#inTransaction) return work();
    try {
      return this.#attempt(begin, work);
    } catch (error) {
      const other = this.shared ? this.#replacementAfter(error) : undefined;
      if (!other) throw error;
      this.#continueWith(other);
      return this.#attempt(begin, work);
    }
  }

  #attempt<T>(begin: TransactionStart, work: () => T): T {
    if (begin === SINGLE_STATEMENT) return work();
    const { database } = this.#opened;
    database.exec(begin);
    this.#inTransaction = true;
    try {
      if (this.#schemaVersion > SCHEMA_VERSION) throw new NewerSchema();
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

  /** Read before each transaction: an updated extension in another window may have migrated the file. */
  get #schemaVersion(): number {
    return Number(this.#tables.schemaVersion.get()?.user_version ?? 0);
  }

  /** The database that replaces one after an error; undefined when the error is not the database's. */
  #replacementAfter(error: unknown): OpenedDatabase | undefined {
    const { file } = this.#opened;
    if (error instanceof NewerSchema) return continueInMemory(this.#folder, { kind: 'newer' });
    if (isDamage(error)) {
      this.close();
      return afterDamage(this.#folder, file, Date.now());
    }
    if (isUnwritable(error)) return continueInMemory(this.#folder, { kind: 'unwritable' });
    return undefined;
  }

  /**
   * Restores the file or its log where another program has removed them: SQLite would go on writing into the removed
   * file, and everything would be lost when the window closes.
   */
  #restoreFiles(): void {
    const path = databasePath(this.#folder);
    const { database, file } = this.#opened;
    const isThere = fileAt(path) === file;
    if (isThere && fileAt(`${path}-wal`) === this.#log) return;
    try {
      if (isThere) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      else if (fileAt(path) === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        database.prepare('VACUUM INTO ?').run(path);
      }
    } catch {
      // The store continues with what is on the disk.
    }
    // Closed first, because two connections of one process to one file share the state of its log.
    this.close();
    this.#continueWith(this.#open(this.#folder, Date.now()));
  }

  #continueWith(opened: OpenedDatabase): void {
    this.close();
    this.#opened = opened;
    this.#tables = this.#readTables(Date.now());
    this.#noteOpened();
  }

  /** The tables of the opened database. A database without one of them is damaged, and replaced. */
  #readTables(now: number): Tables {
    const { database, shared, file } = this.#opened;
    try {
      return new Tables(database);
    } catch (error) {
      if (!shared || !isDamage(error)) throw error;
      this.close();
      this.#opened = afterDamage(this.#folder, file, now);
      return new Tables(this.#opened.database);
    }
  }

  /** Notes the log of a newly opened database, and reports its trouble. */
  #noteOpened(): void {
    const { hasLog, trouble } = this.#opened;
    this.#log = hasLog ? fileAt(`${databasePath(this.#folder)}-wal`) : undefined;
    if (trouble) this.#onTrouble(trouble);
  }
}
