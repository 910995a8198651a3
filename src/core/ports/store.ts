import type { ClaimTable, StateTable } from './checkTables.ts';
import type { HistoryTable, ScaleTable } from './historyTables.ts';
import type { AccountLinkTable, AliasTable, KeyTable } from './keyTables.ts';
import type { LedgerTable } from './ledgerTable.ts';
import type { Compaction, MaintenanceTable, WriteProbe } from './maintenanceTables.ts';
import type { LogTryTable, RequestLog, ShareTable, SiteTable, WaitingTable } from './requestTables.ts';
import type { CopiedSecretTable, IgnoredSecretTable } from './secretTables.ts';
import type { SharedSettingsTable } from './sharedSettingsTable.ts';
import type { StoreTrouble } from './storeTrouble.ts';
import type {
  FiredTable,
  KeyRulesTable,
  MuteTable,
  SnoozeTable,
  SpendingLimitTable,
} from './warningTables.ts';

/**
 * The database that all windows share. Writes belong into a `transaction`, reads that have to agree into a
 * `view`. The store handles failures of the disk itself. `src/store/` implements the tables over SQLite; times are epoch
 * milliseconds unless a name says otherwise.
 */
export interface Store {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly shares: ShareTable;
  readonly accountLinks: AccountLinkTable;
  readonly fired: FiredTable;
  readonly snoozes: SnoozeTable;
  readonly keyRules: KeyRulesTable;
  readonly aliases: AliasTable;
  readonly copiedSecrets: CopiedSecretTable;
  readonly ignoredSecrets: IgnoredSecretTable;
  readonly waiting: WaitingTable;
  readonly writeProbe: WriteProbe;
  readonly maintenance: MaintenanceTable;
  readonly history: HistoryTable;
  readonly mutes: MuteTable;
  readonly compaction: Compaction;
  readonly scales: ScaleTable;
  readonly ledger: LedgerTable;
  readonly logTries: LogTryTable;
  readonly spendingLimits: SpendingLimitTable;
  readonly sharedSettings: SharedSettingsTable;
  /** Whether other windows see what this one writes. */
  readonly shared: boolean;
  /** Whether the database began empty. */
  readonly fresh: boolean;
  readonly trouble: StoreTrouble | undefined;
  /** Changes whenever another window has written. */
  readonly dataVersion: number;
  /**
   * Runs `work` as one transaction that no other window's can overlap; undone when it throws. It may be run a second
   * time, in another database, so it may change nothing but tables.
   * @throws what `work` throws; SQLite's error where another program keeps the file locked (`isDatabaseBusy`).
   */
  transaction<T>(work: () => T): T;
  /** Runs reads that see one and the same state of the database. */
  view<T>(work: () => T): T;
  /**
   * A transaction for what a person sets: afterwards it is on the disk, or nothing was changed and a `NotSavedError`
   * says why.
   * @throws NotSavedError where it could not be saved; what `work` throws; SQLite's error where the file is locked
   * (`isDatabaseBusy`).
   */
  transactionOnDisk<T>(work: () => T): T;
  /**
   * Repeats `work` while another program keeps the file locked, without blocking the window.
   * @throws NotSavedError `locked` after `timeoutMs`; what `work` throws for any other reason.
   */
  retryWhileLocked<T>(work: () => T | PromiseLike<T>, timeoutMs?: number): Promise<T>;
  /**
   * Moves the store to another file when it has to: another window found this one damaged, the file is no
   * longer locked, or the disk can be written again. Returns whether it did. `now` is in epoch milliseconds.
   */
  followFile(now: number): boolean;
  close(): void;
}
