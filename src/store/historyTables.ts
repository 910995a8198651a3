import type { DatabaseSync } from 'node:sqlite';
import { Compaction } from './compaction.ts';
import { HistoryTable } from './historyTable.ts';
import { LedgerTable } from './ledger/ledgerTable.ts';
import { LogTryTable } from './ledger/logTryTable.ts';
import type { MaintenanceTable } from './maintenanceTable.ts';
import { STEPS } from './migrationSteps.ts';
import { provideSteps } from './migrations.ts';
import { ScaleTable } from './scaleTable.ts';
import { SpendingLimitTable } from './spendingLimitTable.ts';

// A database may have to be set up anew at any time.
provideSteps(STEPS);

/** The tables of what was read over time, and of limits to it. Each is made when it is first used. */
export class HistoryTables {
  readonly #database: DatabaseSync;
  readonly #maintenance: MaintenanceTable;
  #history: HistoryTable | undefined;
  #compaction: Compaction | undefined;
  #scales: ScaleTable | undefined;
  #ledger: LedgerTable | undefined;
  #logTries: LogTryTable | undefined;
  #spendingLimits: SpendingLimitTable | undefined;

  constructor(database: DatabaseSync, maintenance: MaintenanceTable) {
    this.#database = database;
    this.#maintenance = maintenance;
  }

  get history(): HistoryTable {
    this.#history ??= new HistoryTable(this.#database);
    return this.#history;
  }

  get compaction(): Compaction {
    this.#compaction ??= new Compaction(this.#database, this.#maintenance);
    return this.#compaction;
  }

  get scales(): ScaleTable {
    this.#scales ??= new ScaleTable(this.#database);
    return this.#scales;
  }

  get ledger(): LedgerTable {
    this.#ledger ??= new LedgerTable(this.#database);
    return this.#ledger;
  }

  get logTries(): LogTryTable {
    this.#logTries ??= new LogTryTable(this.#database);
    return this.#logTries;
  }

  get spendingLimits(): SpendingLimitTable {
    this.#spendingLimits ??= new SpendingLimitTable(this.#database);
    return this.#spendingLimits;
  }
}
