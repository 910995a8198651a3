import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AccountLinkTable } from './accountLinkTable.ts';
import type { AliasTable } from './aliasTable.ts';
import type { ClaimTable } from './claimTable.ts';
import type { Compaction } from './compaction.ts';
import type { CopiedSecretTable } from './copiedSecretTable.ts';
import type { FiredTable } from './firedTable.ts';
import type { HistoryTable } from './historyTable.ts';
import type { HistoryTables } from './historyTables.ts';
import type { IgnoredSecretTable } from './ignoredSecretTable.ts';
import type { KeyRulesTable } from './keyRulesTable.ts';
import { KeyTable } from './keyTable.ts';
import type { LedgerTable } from './ledger/ledgerTable.ts';
import type { LogTryTable } from './ledger/logTryTable.ts';
import { historyModule } from './loadHistoryTables.ts';
import type { MaintenanceTable } from './maintenanceTable.ts';
import type { MuteTable } from './muteTable.ts';
import { RequestLog } from './requestLog.ts';
import type { ScaleTable } from './scaleTable.ts';
import { ShareTable } from './shareTable.ts';
import { SiteTable } from './siteTable.ts';
import type { SnoozeTable } from './snoozeTable.ts';
import type { SpendingLimitTable } from './spendingLimitTable.ts';
import { StateTable } from './stateTable.ts';
import type { WaitingTable } from './waitingTable.ts';
import type { WriteProbe } from './writeProbe.ts';

/** All tables over one open database. Those that the first figure does not need are made when they are first used. */
export class Tables {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly shares: ShareTable;
  readonly dataVersion: StatementSync;
  readonly schemaVersion: StatementSync;
  readonly #database: DatabaseSync;
  #historyTables: HistoryTables | undefined;
  #accountLinks: AccountLinkTable | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
    this.shares = new ShareTable(database);
    this.dataVersion = database.prepare('PRAGMA data_version');
    this.schemaVersion = database.prepare('PRAGMA user_version');
  }

  get claims(): ClaimTable {
    return this.#ofHistory.claims;
  }

  get maintenance(): MaintenanceTable {
    return this.#ofHistory.maintenance;
  }

  get fired(): FiredTable {
    return this.#ofHistory.fired;
  }

  get history(): HistoryTable {
    return this.#ofHistory.history;
  }

  get mutes(): MuteTable {
    return this.#ofHistory.mutes;
  }

  get snoozes(): SnoozeTable {
    return this.#ofHistory.snoozes;
  }

  get keyRules(): KeyRulesTable {
    return this.#ofHistory.keyRules;
  }

  get accountLinks(): AccountLinkTable {
    this.#accountLinks ??= new AccountLinkTable(this.#database);
    return this.#accountLinks;
  }

  get aliases(): AliasTable {
    return this.#ofHistory.aliases;
  }

  get copiedSecrets(): CopiedSecretTable {
    return this.#ofHistory.copiedSecrets;
  }

  get ignoredSecrets(): IgnoredSecretTable {
    return this.#ofHistory.ignoredSecrets;
  }

  get waiting(): WaitingTable {
    return this.#ofHistory.waiting;
  }

  get writeProbe(): WriteProbe {
    return this.#ofHistory.writeProbe;
  }

  get compaction(): Compaction {
    return this.#ofHistory.compaction;
  }

  get scales(): ScaleTable {
    return this.#ofHistory.scales;
  }

  get ledger(): LedgerTable {
    return this.#ofHistory.ledger;
  }

  get logTries(): LogTryTable {
    return this.#ofHistory.logTries;
  }

  get spendingLimits(): SpendingLimitTable {
    return this.#ofHistory.spendingLimits;
  }

  get #ofHistory(): HistoryTables {
    this.#historyTables ??= new (historyModule().HistoryTables)(this.#database);
    return this.#historyTables;
  }
}
