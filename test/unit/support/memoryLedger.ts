import { DatabaseSync } from 'node:sqlite';
import type { LedgerSource, SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
import { LedgerTable } from '../../../src/store/ledger/ledgerTable.ts';
import { migrate } from '../../../src/store/migrations.ts';

/** A ledger of one key `a` in a database of its own, in memory. */
export class MemoryLedger {
  readonly database = new DatabaseSync(':memory:');
  readonly table: LedgerTable;

  constructor() {
    migrate(this.database);
    this.database.exec(
      `INSERT INTO keys (id, label, kind, origin, credential, fingerprint, created_at)
       VALUES ('a', 'A', 'newApi', 'https://gw.example', 'apiKey', 'f', 0)`,
    );
    this.table = new LedgerTable(this.database);
  }

  takeIn(told: SpendRecords, now = 0): void {
    this.database.exec('BEGIN IMMEDIATE');
    this.table.takeIn('a', 'f', told, now);
    this.database.exec('COMMIT');
  }

  /** Raw amounts by quarter of an hour and model. */
  byQuarter(source: LedgerSource): Map<string, number> {
    const sums = new Map<string, number>();
    const cells = this.table.cellsOf('a', source, { from: 0, to: Number.MAX_SAFE_INTEGER });
    for (const { from, model, raw } of cells) addTo(sums, `${from / 1000} ${model}`, raw);
    return sums;
  }

  close(): void {
    this.database.close();
  }
}

export function addTo(sums: Map<string, number>, name: string, amount: number): void {
  sums.set(name, (sums.get(name) ?? 0) + amount);
}
