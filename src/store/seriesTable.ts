import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Unit, UnitCode } from '../core/quota/unit.ts';
import type { Counter } from '../core/usage/meterPoint.ts';

/**
 * Readings of one key that can be compared: of one unit, scale, secret and source. Where one of them changes, another
 * series begins, and what was spent between the two is not known.
 */
export interface Series {
  readonly no: number;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  /** How many stored whole numbers make one of `unit`. */
  readonly perUnit: number;
}

/** What is known of figures that were recorded before their scale was. */
const UNKNOWN_SCALE = 'before';

type Row = Readonly<Record<string, unknown>>;

/** Money that comes as decimals is kept in millionths, which is what the wire carries. */
const MILLIONTHS = 1e6;
/** From this many of a gateway's numbers per unit on, they are whole numbers. */
const WHOLE_FROM = 1000;
const COUNTS: ReadonlySet<UnitCode> = new Set(['TOKENS', 'UNITS']);
/** The counter of a reading of which only the unit is known. */
const PLAIN: Counter = { perUnit: 1, source: '', fingerprint: '' };

/** One row a series, with the scale by which the whole numbers of other tables are amounts. */
export class SeriesTable {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #withoutScale: StatementSync;
  readonly #setScale: StatementSync;
  readonly #all: StatementSync;
  readonly #ofKey: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(
      `SELECT * FROM series WHERE key_no = ? AND code = ? AND symbol = ? AND per_unit = ? AND fingerprint = ? AND source = ?
       ORDER BY no DESC LIMIT 1`,
    );
    this.#add = database.prepare(
      `INSERT INTO series (key_no, code, symbol, per_unit, parts, fingerprint, source) VALUES (?, ?, ?, ?, ?, ?, ?)
       RETURNING *`,
    );
    this.#withoutScale = database.prepare(
      `SELECT * FROM series WHERE no = ? AND code = ? AND symbol = ? AND fingerprint = ? AND source = '${UNKNOWN_SCALE}'`,
    );
    this.#setScale = database.prepare(
      'UPDATE series SET per_unit = ?, parts = ?, source = ? WHERE no = ? RETURNING *',
    );
    this.#all = database.prepare('SELECT * FROM series');
    this.#ofKey = database.prepare('SELECT * FROM series WHERE key_no = ?');
  }

  /** The series a figure belongs to, the latest of its kind. Called inside a transaction that writes. */
  seriesOf(keyNo: number, unit: Unit, counter: Counter = PLAIN): Series {
    const { code, symbol = '' } = unit;
    const { perUnit, fingerprint, source } = counter;
    const row = this.#find.get(keyNo, code, symbol, perUnit, fingerprint, source);
    return row ? seriesOf(row) : this.beginSeries(keyNo, unit, counter);
  }

  /** Begins a series, though there may be one of the same kind. Called inside a transaction that writes. */
  beginSeries(
    keyNo: number,
    { code, symbol = '' }: Unit,
    { perUnit, fingerprint, source }: Counter = PLAIN,
  ): Series {
    const parts = COUNTS.has(code) || perUnit >= WHOLE_FROM ? 1 : MILLIONTHS;
    const row = this.#add.get(keyNo, code, symbol, perUnit, parts, fingerprint, source);
    return seriesOf(row ?? {});
  }

  /** The series, if it has that unit and secret, and its scale was not recorded. */
  seriesWithoutScale(no: unknown, { code, symbol = '' }: Unit, { fingerprint }: Counter): Series | undefined {
    const row = this.#withoutScale.get(Number(no), code, symbol, fingerprint);
    return row && seriesOf(row);
  }

  /** Records the scale of a series that had none; its numbers stay as they are. */
  recordScale({ no, perUnit }: Series, counter: Counter): Series {
    return seriesOf(this.#setScale.get(counter.perUnit, perUnit / counter.perUnit, counter.source, no) ?? {});
  }

  /** Returns a function that finds series by their numbers: those of one key, or of all. */
  lookUp(keyNo?: number): (no: unknown) => Series | undefined {
    const known = new Map<unknown, Series>();
    const rows = keyNo === undefined ? this.#all.all() : this.#ofKey.all(keyNo);
    for (const row of rows) known.set(row.no, seriesOf(row));
    return no => known.get(no);
  }
}

function seriesOf(row: Row): Series {
  const symbol = row.symbol === '' ? undefined : String(row.symbol);
  return {
    no: Number(row.no),
    unit: { code: String(row.code) as UnitCode, symbol },
    perUnit: Number(row.per_unit) * Number(row.parts),
  };
}

/** How many stored numbers make one of the gateway's own. */
export function partsOf(series: Series, counter: Counter = PLAIN): number {
  return series.perUnit / counter.perUnit;
}

/** A gateway's number as it is stored: null where there is none, or one too large to count in whole numbers. */
export function toStoredNumber(raw: number | undefined, parts: number): number | null {
  if (raw === undefined) return null;
  const whole = Math.round(raw * parts);
  return Number.isSafeInteger(whole) ? whole : null;
}

/** A stored number as an amount of the unit, or as the gateway's own number. */
export function fromStoredNumber(whole: unknown, per: number): number | undefined {
  return whole === null || whole === undefined ? undefined : Number(whole) / per;
}
