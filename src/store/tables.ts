import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ChoreTable } from './choreTable.ts';
import { ClaimTable } from './claimTable.ts';
import { Compaction } from './compaction.ts';
import { HistoryTable } from './historyTable.ts';
import { KeyTable } from './keyTable.ts';
import { MarkTable } from './markTable.ts';
import { RequestLog } from './requestLog.ts';
import { SilenceTable } from './silenceTable.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

/** A room for each table, over one open database. */
export class Tables {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly marks: MarkTable;
  readonly silences: SilenceTable;
  readonly chores: ChoreTable;
  readonly history: HistoryTable;
  readonly compaction: Compaction;
  readonly dataVersion: StatementSync;
  readonly schemaVersion: StatementSync;

  constructor(database: DatabaseSync) {
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.claims = new ClaimTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
    this.marks = new MarkTable(database);
    this.silences = new SilenceTable(database);
    this.chores = new ChoreTable(database);
    this.history = new HistoryTable(database);
    this.compaction = new Compaction(database, this.chores);
    this.dataVersion = database.prepare('PRAGMA data_version');
    this.schemaVersion = database.prepare('PRAGMA user_version');
  }
}
