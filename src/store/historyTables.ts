import type { DatabaseSync } from 'node:sqlite';
import { AliasTable } from './aliasTable.ts';
import { carryBack } from './carryBack.ts';
import { Checkpoints } from './checkpoints.ts';
import { ClaimTable } from './claimTable.ts';
import { Compaction } from './compaction.ts';
import { CopiedSecretTable } from './copiedSecretTable.ts';
import { FiredTable } from './firedTable.ts';
import { HistoryTable } from './historyTable.ts';
import { IgnoredSecretTable } from './ignoredSecretTable.ts';
import { KeyRulesTable } from './keyRulesTable.ts';
import { LedgerTable } from './ledger/ledgerTable.ts';
import { LogTryTable } from './ledger/logTryTable.ts';
import { MaintenanceTable } from './maintenanceTable.ts';
import { STEPS } from './migrationSteps.ts';
import { provideSteps } from './migrations.ts';
import { MuteTable } from './muteTable.ts';
import { ScaleTable } from './scaleTable.ts';
import { SnoozeTable } from './snoozeTable.ts';
import { SpendingLimitTable } from './spendingLimitTable.ts';
import { WaitingTable } from './waitingTable.ts';
import { WriteProbe } from './writeProbe.ts';

// Provided here because a database may have to be set up again at any time.
provideSteps(STEPS);

/** See `carryBack`; a window that began in memory has this module before its disk takes writes again. */
export const carryMemoryBack = carryBack;

/** See `Checkpoints`. It is not needed earlier: too few commits come before this module is loaded. */
export const createCheckpoints = (path: string) => new Checkpoints(path);

/**
 * The tables that the stored figures do not need: of polling, of what was read over time, of warnings, and of what people
 * do. Each is made when it is first used.
 */
export class HistoryTables {
  readonly #database: DatabaseSync;
  #claims: ClaimTable | undefined;
  #waiting: WaitingTable | undefined;
  #maintenance: MaintenanceTable | undefined;
  #history: HistoryTable | undefined;
  #compaction: Compaction | undefined;
  #scales: ScaleTable | undefined;
  #ledger: LedgerTable | undefined;
  #logTries: LogTryTable | undefined;
  #spendingLimits: SpendingLimitTable | undefined;
  #writeProbe: WriteProbe | undefined;
  #ignoredSecrets: IgnoredSecretTable | undefined;
  #copiedSecrets: CopiedSecretTable | undefined;
  #aliases: AliasTable | undefined;
  #keyRules: KeyRulesTable | undefined;
  #snoozes: SnoozeTable | undefined;
  #mutes: MuteTable | undefined;
  #fired: FiredTable | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get claims(): ClaimTable {
    this.#claims ??= new ClaimTable(this.#database);
    return this.#claims;
  }

  get waiting(): WaitingTable {
    this.#waiting ??= new WaitingTable(this.#database);
    return this.#waiting;
  }

  get maintenance(): MaintenanceTable {
    this.#maintenance ??= new MaintenanceTable(this.#database);
    return this.#maintenance;
  }

  get history(): HistoryTable {
    this.#history ??= new HistoryTable(this.#database);
    return this.#history;
  }

  get compaction(): Compaction {
    this.#compaction ??= new Compaction(this.#database, this.maintenance);
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

  get mutes(): MuteTable {
    this.#mutes ??= new MuteTable(this.#database);
    return this.#mutes;
  }

  get snoozes(): SnoozeTable {
    this.#snoozes ??= new SnoozeTable(this.#database);
    return this.#snoozes;
  }

  get keyRules(): KeyRulesTable {
    this.#keyRules ??= new KeyRulesTable(this.#database);
    return this.#keyRules;
  }

  get aliases(): AliasTable {
    this.#aliases ??= new AliasTable(this.#database);
    return this.#aliases;
  }

  get copiedSecrets(): CopiedSecretTable {
    this.#copiedSecrets ??= new CopiedSecretTable(this.#database);
    return this.#copiedSecrets;
  }

  get ignoredSecrets(): IgnoredSecretTable {
    this.#ignoredSecrets ??= new IgnoredSecretTable(this.#database);
    return this.#ignoredSecrets;
  }

  get writeProbe(): WriteProbe {
    this.#writeProbe ??= new WriteProbe(this.#database);
    return this.#writeProbe;
  }

  get fired(): FiredTable {
    this.#fired ??= new FiredTable(this.#database);
    return this.#fired;
  }
}
