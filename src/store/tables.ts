import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AccountLinkTable } from './accountLinkTable.ts';
import type { HistoryTables } from './historyTables.ts';
import { KeyTable } from './keyTable.ts';
import { historyModule } from './loadHistoryTables.ts';
import { RequestLog } from './requestLog.ts';
import { SharedSettingsTable } from './sharedSettingsTable.ts';
import { ShareTable } from './shareTable.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

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
  #sharedSettings: SharedSettingsTable | undefined;

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

  get accountLinks(): AccountLinkTable {
    this.#accountLinks ??= new AccountLinkTable(this.#database);
    return this.#accountLinks;
  }

  get sharedSettings(): SharedSettingsTable {
    this.#sharedSettings ??= new SharedSettingsTable(this.#database);
    return this.#sharedSettings;
  }

  /** The tables that the first figures do not need. */
  get lazyTables(): HistoryTables {
    this.#historyTables ??= new (historyModule().HistoryTables)(this.#database);
    return this.#historyTables;
  }
}
