import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ClaimTable } from './claimTable.ts';
import { Compaction } from './compaction.ts';
import { FiredTable } from './firedTable.ts';
import { HistoryTable } from './historyTable.ts';
import { KeyTable } from './keyTable.ts';
import { MaintenanceTable } from './maintenanceTable.ts';
import { MuteTable } from './muteTable.ts';
import { RequestLog } from './requestLog.ts';
import { ScaleTable } from './scaleTable.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

/** All tables over one open database. Those that the first figure does not need are made when they are first used. */
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
  #history: HistoryTable | undefined;
  #mutes: MuteTable | undefined;
  #compaction: Compaction | undefined;
  #scales: ScaleTable | undefined;

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

  get history(): HistoryTable {
    this.#history ??= new HistoryTable(this.#database);
    return this.#history;
  }

  get mutes(): MuteTable {
    this.#mutes ??= new MuteTable(this.#database);
    return this.#mutes;
  }

  get compaction(): Compaction {
    this.#compaction ??= new Compaction(this.#database, this.maintenance);
    return this.#compaction;
  }

  get scales(): ScaleTable {
    this.#scales ??= new ScaleTable(this.#database);
    return this.#scales;
  }
}
