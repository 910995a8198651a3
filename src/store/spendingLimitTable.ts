import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UNIT_CODES } from '../core/quota/unit.ts';
import { SPENDING_PERIODS } from '../core/spendingLimits/period.ts';
import type { SpendingLimit } from '../core/spendingLimits/spendingLimit.ts';
import { numbered } from './numbered.ts';

/** The user's own limits, one row each. One without a key is for all keys of its unit. */
export class SpendingLimitTable {
  readonly #all: StatementSync;
  readonly #add: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare(
      'SELECT key_id, period, code, symbol, amount FROM spending_limits ORDER BY rowid',
    );
    this.#add = database.prepare(
      `INSERT INTO spending_limits (key_id, period, code, symbol, amount)
       SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM keys WHERE id = ?1)`,
    );
    // A key has one limit for a period, whatever its unit was when that was set.
    this.#remove = database.prepare(
      `DELETE FROM spending_limits
       WHERE period = ?2 AND (key_id = ?1 OR (?1 IS NULL AND key_id IS NULL AND code = ?3 AND symbol = ?4))`,
    );
  }

  allLimits(): readonly SpendingLimit[] {
    return this.#all.all().flatMap(row => limitOf(row) ?? []);
  }

  /** Saves a limit in place of another of the same scope and period. Called inside a transaction. */
  saveLimit(limit: SpendingLimit): void {
    this.removeLimit(limit);
    this.#add.run(numbered(...nameOf(limit), limit.amount));
  }

  removeLimit(limit: Omit<SpendingLimit, 'amount'>): void {
    this.#remove.run(numbered(...nameOf(limit)));
  }
}

function nameOf({ scope, period, unit }: Omit<SpendingLimit, 'amount'>) {
  const keyId = scope.of === 'key' ? scope.keyId : null;
  return [keyId, period, unit.code, unit.symbol ?? ''] as const;
}

/** Undefined for a row that another version wrote and that cannot be read. */
function limitOf(row: Readonly<Record<string, unknown>>): SpendingLimit | undefined {
  const period = SPENDING_PERIODS.find(each => each === row.period);
  const code = UNIT_CODES.find(each => each === row.code);
  const amount = Number(row.amount);
  if (!period || !code || !(amount > 0)) return undefined;
  return {
    scope: row.key_id === null ? { of: 'currency' } : { of: 'key', keyId: String(row.key_id) },
    period,
    amount,
    unit: row.symbol === '' ? { code } : { code, symbol: String(row.symbol) },
  };
}
