import { DatabaseSync } from 'node:sqlite';
import type { SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
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

  /** Rebuilds some of the days. Returns whether there are more. */
  rebuildSome(): boolean {
    this.database.exec('BEGIN IMMEDIATE');
    const hasMore = this.table.rebuildDays('a');
    this.database.exec('COMMIT');
    return hasMore;
  }

  rebuildDays(): void {
    while (this.rebuildSome());
  }

  close(): void {
    this.database.close();
  }
}

/** Raw amounts added up by name, in the order of the names. */
export function sumsBy<T extends { readonly raw: number }>(
  all: readonly T[],
  nameOf: (each: T) => string,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const each of all) sums.set(nameOf(each), (sums.get(nameOf(each)) ?? 0) + each.raw);
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
