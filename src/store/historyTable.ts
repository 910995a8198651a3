import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SpendSpan } from '../quota/forecast.ts';
import { localDay } from '../quota/range.ts';
import { type Meter, meterSpend, type Point } from '../quota/spend.ts';
import type { Unit, UnitCode } from '../quota/unit.ts';

/** A run of equal readings. Amounts in `unit`; times in epoch milliseconds. */
export interface HistoryRow {
  readonly from: number;
  readonly to: number;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly remaining?: number;
  readonly used?: number;
  /** Spend since the row before. */
  readonly spent: number;
}

export interface DaySpend {
  readonly keyId: string;
  /** The local day: `2026-06-01`. */
  readonly day: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly spent: number;
}

/** What a key was seen to spend. Epoch milliseconds. */
export interface Watched {
  readonly since: number;
  readonly spans: readonly SpendSpan[];
}

/** Money is kept in millionths, which is what the wire carries; counts are whole already. */
const PARTS: Readonly<Record<UnitCode, number>> = { USD: 1e6, CNY: 1e6, CUSTOM: 1e6, TOKENS: 1, UNITS: 1 };

const UNKNOWN_UNIT = { code: 'UNITS' } as const;

/** Readings over time, compact: figures as whole parts, times as whole seconds, a row for a run of equals. */
export class HistoryTable {
  readonly #keyNo: StatementSync;
  readonly #addUnit: StatementSync;
  readonly #unitNo: StatementSync;
  readonly #last: StatementSync;
  readonly #prolong: StatementSync;
  readonly #insert: StatementSync;
  readonly #meter: StatementSync;
  readonly #setMeter: StatementSync;
  readonly #addDay: StatementSync;
  readonly #rows: StatementSync;
  readonly #rowAt: StatementSync;
  readonly #spans: StatementSync;
  readonly #days: StatementSync;
  readonly #keyIds: StatementSync;
  readonly #units: StatementSync;
  readonly #erase: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    const sql = (text: string) => database.prepare(text);
    this.#keyNo = sql('SELECT no FROM keys WHERE id = ?');
    this.#addUnit = sql('INSERT INTO units (code, symbol) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#unitNo = sql('SELECT no FROM units WHERE code = ? AND symbol = ?');
    this.#last = sql('SELECT * FROM readings WHERE key_no = ? ORDER BY at DESC LIMIT 1');
    this.#prolong = sql('UPDATE readings SET lasted = ? WHERE key_no = ? AND at = ?');
    this.#insert = sql(
      `INSERT INTO readings (key_no, at, lasted, unit_no, remaining, used, spent) VALUES (?, ?, 0, ?, ?, ?, ?)
       ON CONFLICT (key_no, at) DO UPDATE SET unit_no = excluded.unit_no, remaining = excluded.remaining,
         used = excluded.used, spent = spent + excluded.spent`,
    );
    this.#meter = sql('SELECT * FROM meters WHERE key_no = ?');
    this.#setMeter = sql(
      `INSERT INTO meters (key_no, unit_no, high, remaining, resets_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key_no) DO UPDATE SET unit_no = excluded.unit_no, high = excluded.high,
         remaining = excluded.remaining, resets_at = excluded.resets_at`,
    );
    this.#addDay = sql(
      `INSERT INTO days (key_no, day, unit_no, spent) VALUES (?, ?, ?, ?)
       ON CONFLICT (day, key_no, unit_no) DO UPDATE SET spent = spent + excluded.spent`,
    );
    this.#rows = sql(
      `SELECT at, lasted, code, symbol, remaining, used, spent FROM readings JOIN units ON units.no = unit_no
       WHERE key_no = ? AND at >= ? AND at <= ? ORDER BY at`,
    );
    this.#rowAt = sql('SELECT max(at) AS at FROM readings WHERE key_no = ? AND at <= ?');
    this.#spans = sql(
      `SELECT at, lag(at + lasted) OVER (ORDER BY at) AS since, spent FROM readings
       WHERE key_no = ? AND unit_no = ? AND at >= ? AND at <= ?`,
    );
    this.#days = sql('SELECT key_no, day, unit_no, spent FROM days WHERE day >= ? AND day <= ? ORDER BY day');
    // A year of a hundred keys has 36,500 of them, and an object for each would take most of the time.
    this.#days.setReturnArrays(true);
    this.#keyIds = sql('SELECT no, id FROM keys');
    this.#units = sql('SELECT no, code, symbol FROM units');
    this.#erase = ['readings', 'meters', 'days'].map(table => sql(`DELETE FROM ${table} WHERE key_no = ?`));
  }

  /** Adds what a reading said at `now`. Called inside a transaction. */
  append(keyId: string, unit: Unit, point: Point, now: number): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return;
    const parts = PARTS[unit.code];
    const unitNo = this.#unitNumber(unit);
    const { spent, meter } = meterSpend(this.#meterOf(keyNo, unitNo, parts), point);
    const spentParts = toParts(spent, parts) ?? 0;
    const remaining = toParts(point.remaining, parts);
    const used = toParts(point.used, parts);
    const at = Math.floor(now / 1000);
    this.#setMeter.run(
      keyNo,
      unitNo,
      toParts(meter.high, parts),
      toParts(meter.remaining, parts),
      meter.resetsAt ?? null,
    );
    if (spentParts > 0) this.#addDay.run(keyNo, localDay(now), unitNo, spentParts);
    const last = this.#last.get(keyNo);
    const isSame = last && last.unit_no === unitNo && last.remaining === remaining && last.used === used;
    if (isSame && spentParts === 0 && at >= Number(last.at))
      this.#prolong.run(at - Number(last.at), keyNo, last.at ?? 0);
    else this.#insert.run(keyNo, at, unitNo, remaining, used, spentParts);
  }

  /** A key's rows that begin in a span of time, oldest first. Epoch milliseconds. */
  rows(keyId: string, from: number, to: number): HistoryRow[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return [];
    return this.#rows.all(keyNo, Math.floor(from / 1000), Math.floor(to / 1000)).map(row => {
      const unit = unitOf(row);
      const parts = PARTS[unit.code];
      const start = Number(row.at);
      return {
        from: start * 1000,
        to: (start + Number(row.lasted)) * 1000,
        unit,
        remaining: fromParts(row.remaining, parts),
        used: fromParts(row.used, parts),
        spent: fromParts(row.spent, parts) ?? 0,
      };
    });
  }

  /** When a key's spend in a unit was noticed between two moments, and since when it was watched there. */
  spends(keyId: string, unit: Unit, from: number, to: number): Watched {
    const keyNo = this.#numberOf(keyId);
    const first = keyNo === undefined ? undefined : this.#rowAt.get(keyNo, Math.floor(from / 1000))?.at;
    if (keyNo === undefined) return { since: to, spans: [] };
    // The row that lasts into the span of time tells what was before its first change.
    const rows = this.#spans.all(
      keyNo,
      this.#unitNumber(unit),
      Number(first ?? Math.floor(from / 1000)),
      Math.floor(to / 1000),
    );
    const since = rows[0] ? Math.max(from, Number(rows[0].at) * 1000) : to;
    const spans = rows.flatMap(row =>
      Number(row.spent) > 0
        ? [
            {
              at: Number(row.at) * 1000,
              since: row.since === null ? undefined : Number(row.since) * 1000,
              spent: Number(row.spent) / PARTS[unit.code],
            },
          ]
        : [],
    );
    return { since, spans };
  }

  /** Spend of every key on each local day of a span, days included: `2026-06-01`. In the order of the days. */
  days(from: string, to: string): DaySpend[] {
    const keyIds = new Map(this.#keyIds.all().map(row => [row.no, String(row.id)]));
    const units = new Map(this.#units.all().map(row => [row.no, unitOf(row)]));
    const rows = this.#days.all(from, to) as unknown as [number, string, number, number][];
    return rows.map(([keyNo, day, unitNo, spent]) => {
      const unit = units.get(unitNo) ?? UNKNOWN_UNIT;
      return { keyId: keyIds.get(keyNo) ?? '', day, unit, spent: spent / PARTS[unit.code] };
    });
  }

  /** Forgets everything recorded about a key; what it is now stays. */
  erase(keyId: string): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo !== undefined) for (const statement of this.#erase) statement.run(keyNo);
  }

  #meterOf(keyNo: number, unitNo: number, parts: number): Meter | undefined {
    const row = this.#meter.get(keyNo);
    // In another unit the figures mean something else: metering begins anew.
    if (!row || row.unit_no !== unitNo) return undefined;
    return {
      high: fromParts(row.high, parts),
      remaining: fromParts(row.remaining, parts),
      resetsAt: row.resets_at === null ? undefined : String(row.resets_at),
    };
  }

  #numberOf(keyId: string): number | undefined {
    const row = this.#keyNo.get(keyId);
    return row && Number(row.no);
  }

  #unitNumber({ code, symbol = '' }: Unit): number {
    const known = this.#unitNo.get(code, symbol);
    if (known) return Number(known.no);
    this.#addUnit.run(code, symbol);
    return Number(this.#unitNo.get(code, symbol)?.no);
  }
}

function unitOf(row: Record<string, unknown>): Pick<Unit, 'code' | 'symbol'> {
  return { code: String(row.code) as UnitCode, symbol: row.symbol === '' ? undefined : String(row.symbol) };
}

/** null where there is no figure, or one too large to count in whole parts. */
function toParts(amount: number | undefined, parts: number): number | null {
  if (amount === undefined) return null;
  const whole = Math.round(amount * parts);
  return Number.isSafeInteger(whole) ? whole : null;
}

function fromParts(whole: unknown, parts: number): number | undefined {
  return whole === null || whole === undefined ? undefined : Number(whole) / parts;
}
