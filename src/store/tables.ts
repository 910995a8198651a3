import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ClaimTable } from './claimTable.ts';
import { MarkTable } from './firedTable.ts';
import { KeyTable } from './keyTable.ts';
import { ChoreTable } from './maintenanceTable.ts';
import { RequestLog } from './requestLog.ts';
import { SiteTable } from './siteTable.ts';
import { StateTable } from './stateTable.ts';

/** Tables that not every start of VS Code needs: made when they are first asked for. */
export type Room<T> = new (database: DatabaseSync, tables: Tables) => T;

/** A room for each table, over one open database. */
export class Tables {
  readonly keys: KeyTable;
  readonly states: StateTable;
  readonly claims: ClaimTable;
  readonly requests: RequestLog;
  readonly sites: SiteTable;
  readonly marks: MarkTable;
  readonly chores: ChoreTable;
  readonly dataVersion: StatementSync;
  readonly schemaVersion: StatementSync;
  readonly #database: DatabaseSync;
  readonly #rooms = new Map<Room<unknown>, unknown>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.keys = new KeyTable(database);
    this.states = new StateTable(database);
    this.claims = new ClaimTable(database);
    this.requests = new RequestLog(database);
    this.sites = new SiteTable(database);
    this.marks = new MarkTable(database);
    this.chores = new ChoreTable(database);
    this.dataVersion = database.prepare('PRAGMA data_version');
    this.schemaVersion = database.prepare('PRAGMA user_version');
  }

  /** The room of this kind over this database. */
  room<T>(Kind: Room<T>): T {
    const known = this.#rooms.get(Kind) as T | undefined;
    if (known) return known;
    const made = new Kind(this.#database, this);
    this.#rooms.set(Kind, made);
    return made;
  }
}
