import { NotSavedError } from '../core/ports/notSavedError.ts';
import type { Store } from '../core/ports/store.ts';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import type { AccountLinkTable } from './accountLinkTable.ts';
import type { AliasTable } from './aliasTable.ts';
import type { ClaimTable } from './claimTable.ts';
import type { Compaction } from './compaction.ts';
import type { CopiedSecretTable } from './copiedSecretTable.ts';
import { CurrentDatabase } from './currentDatabase.ts';
import type { OpenDatabase, OpenedDatabase } from './database.ts';
import type { FiredTable } from './firedTable.ts';
import { withErrorHandling } from './guarded.ts';
import type { HistoryTable } from './historyTable.ts';
import type { IgnoredSecretTable } from './ignoredSecretTable.ts';
import type { KeyRulesTable } from './keyRulesTable.ts';
import type { KeyTable } from './keyTable.ts';
import type { LedgerTable } from './ledger/ledgerTable.ts';
import type { LogTryTable } from './ledger/logTryTable.ts';
import type { MaintenanceTable } from './maintenanceTable.ts';
import { NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import type { MuteTable } from './muteTable.ts';
import { openDatabase } from './openDatabase.ts';
import type { RequestLog } from './requestLog.ts';
import { LOCK_TIMEOUT_MS, openUnlocked, retryWhileLocked } from './retryWhileLocked.ts';
import type { ScaleTable } from './scaleTable.ts';
import type { SharedSettingsTable } from './sharedSettingsTable.ts';
import type { ShareTable } from './shareTable.ts';
import type { SiteTable } from './siteTable.ts';
import type { SnoozeTable } from './snoozeTable.ts';
import type { SpendingLimitTable } from './spendingLimitTable.ts';
import type { StateTable } from './stateTable.ts';
import type { Tables } from './tables.ts';
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
  readonly claims: ClaimTable = this.#handled(tables => tables.lazyTables.claims);
  readonly requests: RequestLog = this.#handled(tables => tables.requests);
  readonly sites: SiteTable = this.#handled(tables => tables.sites);
  readonly shares: ShareTable = this.#handled(tables => tables.shares);
  readonly accountLinks: AccountLinkTable = this.#handled(tables => tables.accountLinks);
  readonly fired: FiredTable = this.#handled(tables => tables.lazyTables.fired);
  readonly snoozes: SnoozeTable = this.#handled(tables => tables.lazyTables.snoozes);
  readonly keyRules: KeyRulesTable = this.#handled(tables => tables.lazyTables.keyRules);
  readonly aliases: AliasTable = this.#handled(tables => tables.lazyTables.aliases);
  readonly copiedSecrets: CopiedSecretTable = this.#handled(tables => tables.lazyTables.copiedSecrets);
  readonly ignoredSecrets: IgnoredSecretTable = this.#handled(tables => tables.lazyTables.ignoredSecrets);
  readonly waiting: WaitingTable = this.#handled(tables => tables.lazyTables.waiting);
  readonly writeProbe: WriteProbe = this.#handled(tables => tables.lazyTables.writeProbe);
  readonly maintenance: MaintenanceTable = this.#handled(tables => tables.lazyTables.maintenance);
  readonly history: HistoryTable = this.#handled(tables => tables.lazyTables.history);
  readonly mutes: MuteTable = this.#handled(tables => tables.lazyTables.mutes);
  readonly compaction: Compaction = this.#handled(tables => tables.lazyTables.compaction);
  readonly scales: ScaleTable = this.#handled(tables => tables.lazyTables.scales);
  readonly ledger: LedgerTable = this.#handled(tables => tables.lazyTables.ledger);
  readonly logTries: LogTryTable = this.#handled(tables => tables.lazyTables.logTries);
  readonly spendingLimits: SpendingLimitTable = this.#handled(tables => tables.lazyTables.spendingLimits);
  readonly sharedSettings: SharedSettingsTable = this.#handled(tables => tables.sharedSettings);
  readonly #current: CurrentDatabase;
  #inTransaction = false;

  constructor(
    folder: string,
    now: number,
    onTrouble: (trouble: StoreTrouble) => void = () => undefined,
    open: OpenDatabase = openDatabase,
  ) {
    this.#current = new CurrentDatabase(folder, now, onTrouble, open);
  }

  /** Opens a store, and waits while the file is locked, for example by a virus scanner after a crash. */
  static async start(
    folder: string,
    now: () => number,
    onTrouble: (trouble: StoreTrouble) => void,
    { open = openDatabase, timeoutMs = LOCK_TIMEOUT_MS }: { open?: OpenDatabase; timeoutMs?: number } = {},
  ): Promise<SqliteStore> {
    let first: OpenedDatabase | undefined = await openUnlocked(() => open(folder, now()), timeoutMs);
    const openFirst: OpenDatabase = (...where) => {
      const opened = first ?? open(...where);
      first = undefined;
      return opened;
    };
    return new SqliteStore(folder, now(), onTrouble, openFirst);
  }

  /** Whether other windows see what this one writes. */
  get shared(): boolean {
    return this.#current.shared;
  }

  /** Whether the database was empty when it was opened. */
  get fresh(): boolean {
    return this.#current.fresh;
  }

  get trouble(): StoreTrouble | undefined {
    return this.#current.trouble;
  }

  /** Changes whenever another window has written. */
  get dataVersion(): number {
    return this.#run(SINGLE_STATEMENT, () =>
      Number(this.#current.tables.dataVersion.get()?.data_version ?? 0),
    );
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
    if (this.shared) this.#current.restoreFiles();
    else if (this.trouble?.kind === 'unwritable') this.#current.returnToFile(Date.now());
    if (!this.shared) throw new NotSavedError(this.trouble?.kind ?? 'unwritable');
    try {
      return this.#attempt(WRITING, work);
    } catch (error) {
      const other = this.#current.replaceAfter(error);
      if (!other) throw error;
      throw new NotSavedError(other.trouble?.kind ?? 'damaged');
    }
  }

  /**
   * Repeats `work` while another program keeps the file locked, without blocking the window.
   * @throws NotSavedError `locked` after `timeoutMs`; what `work` throws for any other reason.
   */
  retryWhileLocked<T>(work: () => T | PromiseLike<T>, timeoutMs = LOCK_TIMEOUT_MS): Promise<T> {
    return retryWhileLocked(work, timeoutMs);
  }

  /** See `CurrentDatabase.followFile`. */
  followFile(now: number): boolean {
    return this.#current.followFile(now);
  }

  close(): void {
    this.#current.close();
  }

  #handled<T extends object>(table: (tables: Tables) => T): T {
    return withErrorHandling(
      () => table(this.#current.tables),
      work => this.#run(SINGLE_STATEMENT, work),
    );
  }

  #run<T>(begin: TransactionStart, work: () => T): T {
    if (this.#inTransaction) return work();
    try {
      return this.#attempt(begin, work);
    } catch (error) {
      const other = this.shared ? this.#current.replaceAfter(error) : undefined;
      if (!other) throw error;
      return this.#attempt(begin, work);
    }
  }

  #attempt<T>(begin: TransactionStart, work: () => T): T {
    if (begin === SINGLE_STATEMENT) return work();
    const { database } = this.#current;
    database.exec(begin);
    this.#inTransaction = true;
    try {
      if (this.#schemaVersion > SCHEMA_VERSION) throw new NewerSchema();
      const result = work();
      database.exec('COMMIT');
      if (begin === WRITING) this.#current.countCommit();
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
    return Number(this.#current.tables.schemaVersion.get()?.user_version ?? 0);
  }
}
