import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { Scale, Unit, UnitCode } from '../../core/quota/unit.ts';

type Row = Readonly<Record<string, unknown>>;

/** Spend of one key by one source, secret and scale. Where one of them changes, another series begins. */
export interface SpendSeries {
  readonly no: number;
  readonly keyNo: number;
  readonly source: LedgerSource;
  readonly fingerprint: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  /** How many of the gateway's raw units are one of `unit`. */
  readonly perUnit: number;
  /** How many stored whole numbers are one raw unit. */
  readonly parts: number;
}

/** A key, and the fingerprint of its present secret. */
export interface LedgerKey {
  readonly no: number;
  readonly fingerprint: string;
}

/** A series with the id of its key, and the fingerprint of that key's present secret. */
export interface KeyOfSeries {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly series: SpendSeries;
}

/**
 * Money that comes as decimals is stored in millionths; from `WHOLE_FROM` raw units per unit on, these are whole
 * numbers.
 */
const MILLIONTHS = 1e6;
const WHOLE_FROM = 1000;

/** One row a series; stored amounts have a meaning only by it. */
export class SpendSeriesTable {
  readonly #key: StatementSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #ofKey: StatementSync;
  readonly #allWithKeys: StatementSync;
  readonly #erase: StatementSync;
  readonly #carryOn: StatementSync;

  constructor(database: DatabaseSync) {
    this.#key = database.prepare('SELECT no, fingerprint FROM keys WHERE id = ?');
    this.#find = database.prepare(
      `SELECT * FROM spend_series WHERE key_no = ? AND source = ? AND fingerprint = ? AND code = ? AND symbol = ?
       AND per_unit = ?`,
    );
    this.#add = database.prepare(
      `INSERT INTO spend_series (key_no, source, fingerprint, code, symbol, per_unit, parts)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    );
    this.#ofKey = database.prepare('SELECT * FROM spend_series WHERE key_no = ? ORDER BY no');
    this.#allWithKeys = database.prepare(
      `SELECT series.*, keys.id AS key_id, keys.fingerprint AS present FROM spend_series AS series
       JOIN keys ON keys.no = key_no`,
    );
    this.#erase = database.prepare('DELETE FROM spend_series WHERE key_no = ?');
    this.#carryOn = database.prepare(
      'UPDATE OR IGNORE spend_series SET fingerprint = ? WHERE key_no = ? AND fingerprint = ?',
    );
  }

  findKey(id: string): LedgerKey | undefined {
    const row = this.#key.get(id);
    return row && { no: Number(row.no), fingerprint: String(row.fingerprint) };
  }

  /** The series of a scale; begun where there is none yet. Called inside a transaction that writes. */
  seriesFor(keyNo: number, source: LedgerSource, fingerprint: string, { unit, perUnit }: Scale): SpendSeries {
    const { code, symbol = '' } = unit;
    const found = this.#find.get(keyNo, source, fingerprint, code, symbol, perUnit);
    if (found) return seriesOf(found);
    const isWhole = code === 'TOKENS' || code === 'UNITS' || perUnit >= WHOLE_FROM;
    const parts = isWhole ? 1 : MILLIONTHS;
    return seriesOf(this.#add.get(keyNo, source, fingerprint, code, symbol, perUnit, parts) ?? {});
  }

  /** All series of a key, in the order in which they began. */
  allOf(keyNo: number): readonly SpendSeries[] {
    return this.#ofKey.all(keyNo).map(seriesOf);
  }

  allWithKeys(): readonly KeyOfSeries[] {
    return this.#allWithKeys.all().map(row => ({
      keyId: String(row.key_id),
      fingerprint: String(row.present),
      series: seriesOf(row),
    }));
  }

  /** Moves a key's series to another secret, where that has none yet. Called inside a transaction. */
  carryOn({ no, fingerprint }: LedgerKey, next: string): void {
    this.#carryOn.run(next, no, fingerprint);
  }

  /** Erases a key's series with all that was spent in them. Called inside a transaction. */
  eraseAll(keyNo: number): void {
    this.#erase.run(keyNo);
  }
}

function seriesOf(row: Row): SpendSeries {
  return {
    no: Number(row.no),
    keyNo: Number(row.key_no),
    source: String(row.source) as LedgerSource,
    fingerprint: String(row.fingerprint),
    unit: unitOf(row),
    perUnit: Number(row.per_unit),
    parts: Number(row.parts),
  };
}

/** The unit in a row's columns `code` and `symbol`. */
export function unitOf({ code, symbol }: Row): Pick<Unit, 'code' | 'symbol'> {
  return { code: String(code) as UnitCode, ...(symbol !== '' && { symbol: String(symbol) }) };
}

/** Whether both are of one source and secret: then their spans follow each other. */
export function isSameLog(a: SpendSeries, b: SpendSeries): boolean {
  return a.source === b.source && a.fingerprint === b.fingerprint;
}
