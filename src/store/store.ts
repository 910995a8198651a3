import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseBusy } from '../core/ports/databaseBusy.ts';
import { NotSavedError } from '../core/ports/notSavedError.ts';
import type { Store } from '../core/ports/store.ts';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import { SECOND_MS } from '../core/time.ts';
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
const ALONE = '';
type Begin = typeof WRITING | typeof READING | typeof ALONE;

/** How long someone else may keep the file locked before a wish is given up, and how often it is tried. */
const PATIENCE_MS = 5 * SECOND_MS;
const TRY_AGAIN_MS = 350;

/**
 * What all windows share: one SQLite database. Everything that is read or written goes through `#run`: when the
 * disk stops taking writes, or a newer version takes the file over, the store goes on in memory with what it had,
 * and comes back when the disk takes writes again;
 * when the file turns out to be damaged, in a new one. Writes belong into a `transaction`, and reads that must
 * agree with each other into a `view`.
 */
export class SqliteStore implements Store {
  readonly keys: KeyTable = this.#guarded(tables => tables.keys);
  readonly states: StateTable = this.#guarded(tables => tables.states);
  readonly claims: ClaimTable = this.#guarded(tables => tables.claims);
  readonly requests: RequestLog = this.#guarded(tables => tables.requests);
  readonly sites: SiteTable = this.#guarded(tables => tables.sites);
  readonly shares: ShareTable = this.#guarded(tables => tables.shares);
  readonly fired: FiredTable = this.#guarded(tables => tables.fired);
  readonly snoozes: SnoozeTable = this.#guarded(tables => tables.snoozes);
  readonly keyRules: KeyRulesTable = this.#guarded(tables => tables.keyRules);
  readonly aliases: AliasTable = this.#guarded(tables => tables.aliases);
  readonly copiedSecrets: CopiedSecretTable = this.#guarded(tables => tables.copiedSecrets);
  readonly ignoredSecrets: IgnoredSecretTable = this.#guarded(tables => tables.ignoredSecrets);
  readonly waiting: WaitingTable = this.#guarded(tables => tables.waiting);
  readonly writeProbe: WriteProbe = this.#guarded(tables => tables.writeProbe);
  readonly maintenance: MaintenanceTable = this.#guarded(tables => tables.maintenance);
  readonly history: HistoryTable = this.#guarded(tables => tables.history);
  readonly mutes: MuteTable = this.#guarded(tables => tables.mutes);
  readonly compaction: Compaction = this.#guarded(tables => tables.compaction);
  readonly scales: ScaleTable = this.#guarded(tables => tables.scales);
  readonly #folder: string;
  readonly #onTrouble: (trouble: StoreTrouble) => void;
  readonly #open: OpenDatabase;
  #opened: OpenedDatabase;
  #tables: Tables;
  /** The write-ahead log in use, whatever is at its path by now. */
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
    this.#begin();
  }

  /** The same, but waits for a file that is locked, as after a crash whose traces a virus scanner looks at. */
  static async start(
    folder: string,
    now: () => number,
    onTrouble: (trouble: StoreTrouble) => void,
    { open = openDatabase, patienceMs = PATIENCE_MS }: { open?: OpenDatabase; patienceMs?: number } = {},
  ): Promise<SqliteStore> {
    let first: OpenedDatabase | undefined = open(folder, now());
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      if (first.trouble?.kind !== 'locked') break;
      first.database.close();
      await pause(TRY_AGAIN_MS);
      first = open(folder, now());
    }
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

  /** Whether the database began empty. */
  get fresh(): boolean {
    return this.#opened.fresh;
  }

  get trouble(): StoreTrouble | undefined {
    return this.#opened.trouble;
  }

  /** Changes whenever another window has written. */
  get dataVersion(): number {
    return this.#run(ALONE, () => Number(this.#tables.dataVersion.get()?.data_version ?? 0));
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
   * A transaction for what a person wants kept: afterwards it is on the disk, or it was not done and a `NotSavedError`
   * says why.
   *
   * @throws NotSavedError where it could not be; what `work` throws; SQLite's error where the file is locked (`isDatabaseBusy`).
   */
  transactionOnDisk<T>(work: () => T): T {
    if (this.shared) this.#mendFiles();
    else if (this.trouble?.kind === 'unwritable') this.#comeBack(Date.now());
    if (!this.shared) throw new NotSavedError(this.trouble?.kind ?? 'unwritable');
    try {
      return this.#attempt(WRITING, work);
    } catch (error) {
      const other = this.#insteadAfter(error);
      if (!other) throw error;
      this.#goOn(other);
      throw new NotSavedError(other.trouble?.kind ?? 'damaged');
    }
  }

  /**
   * Tries work again while another program keeps the file locked, and lets everything else go on meanwhile.
   *
   * @param patienceMs milliseconds after which it is given up.
   * @throws NotKept `locked` after that; what `work` throws for any other reason.
   */
  async retryWhileLocked<T>(work: () => T | PromiseLike<T>, patienceMs = PATIENCE_MS): Promise<T> {
    for (const end = performance.now() + patienceMs; ; ) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseBusy(error)) throw error;
        if (performance.now() > end) throw new NotSavedError('locked');
      }
      await pause(TRY_AGAIN_MS);
    }
  }

  /**
   * Whether the store is in another file from now on: because another window found the one in use damaged, because
   * the file that was locked no longer is, or because the disk takes writes again. `now` in epoch milliseconds.
   */
  followFile(now: number): boolean {
    if (this.trouble?.kind === 'locked') {
      const opened = this.#open(this.#folder, now);
      if (opened.trouble?.kind === 'locked') opened.database.close();
      else this.#goOn(opened);
      return this.trouble?.kind !== 'locked';
    }
    if (this.trouble?.kind === 'unwritable') return this.#comeBack(now);
    const { file } = this.#opened;
    const current = file === undefined ? undefined : fileAt(databasePath(this.#folder));
    if (current === undefined || current === file) return false;
    this.#goOn(this.#open(this.#folder, now));
    return true;
  }

  /** Goes back from memory to the file once that takes writes again, with what was learnt meanwhile. */
  #comeBack(now: number): boolean {
    if (!mayBeWritable(this.#folder)) return false;
    const opened = this.#open(this.#folder, now);
    const { database, shared, fresh } = opened;
    if (shared && carryBack(this.#opened.database, database, fresh)) {
      this.#goOn(opened);
      return true;
    }
    database.close();
    return false;
  }

  close(): void {
    if (this.#opened.database.isOpen) this.#opened.database.close();
  }

  #guarded<T extends object>(table: (tables: Tables) => T): T {
    return withErrorHandling(
      () => table(this.#tables),
      work => this.#run(ALONE, work),
    );
  }

  #run<T>(begin: Begin, work: () => T): T {
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

  #attempt<T>(begin: Begin, work: () => T): T {
    if (begin === ALONE) return work();
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

  /** The extension may be updated, and another window reloaded, while this one runs. */
  get #schemaVersion(): number {
    return Number(this.#tables.schemaVersion.get()?.user_version ?? 0);
  }

  /** What to use in place of a database that failed; undefined when it is not the database's fault. */
  #insteadAfter(error: unknown): OpenedDatabase | undefined {
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
   * Someone may have removed the file or its log under us; SQLite writes on into what is no longer there, and with
   * the window it would be gone. What it has is put back in its place first.
   */
  #mendFiles(): void {
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
      // Then it goes on with what is on the disk.
    }
    // Closed first: two connections of one process to one file share what they know of its log.
    this.close();
    this.#goOn(this.#open(this.#folder, Date.now()));
  }

  #goOn(opened: OpenedDatabase): void {
    this.close();
    this.#opened = opened;
    this.#tables = this.#readTables(Date.now());
    this.#begin();
  }

  /** The tables of what was opened. Where one is not there at all, what was opened is damaged, and another takes its place. */
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

  /** What there is to do with a database that has just been opened. */
  #begin(): void {
    const { hasLog, trouble } = this.#opened;
    this.#log = hasLog ? fileAt(`${databasePath(this.#folder)}-wal`) : undefined;
    if (trouble) this.#onTrouble(trouble);
  }
}
