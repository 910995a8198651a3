import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ClaimTable } from './claimTable.ts';
import { FiredTable } from './firedTable.ts';
import { KeyTable } from './keyTable.ts';
import { MaintenanceTable } from './maintenanceTable.ts';
import { RequestLog } from './requestLog.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

/** Tables that not every start of VS Code needs: made when they are first asked for. */
export type LazyTable<T> = new (database: DatabaseSync, tables: Tables) => T;

/** All tables over one open database. */
export class Tables {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly fired: FiredTable;
  readonly maintenance: MaintenanceTable;
  readonly dataVersion: StatementSync;
  readonly schemaVersion: StatementSync;
  readonly #database: DatabaseSync;
  readonly #lazyTables = new Map<LazyTable<unknown>, unknown>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.claims = new ClaimTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
    this.fired = new FiredTable(database);
    this.maintenance = new MaintenanceTable(database);
    this.dataVersion = database.prepare('PRAGMA data_version');
    this.schemaVersion = database.prepare('PRAGMA user_version');
  }

  /** The table of this kind over this database. */
  lazyTable<T>(Kind: LazyTable<T>): T {
    const known = this.#lazyTables.get(Kind) as T | undefined;
    if (known) return known;
    const made = new Kind(this.#database, this);
    this.#lazyTables.set(Kind, made);
    return made;
  }
}
