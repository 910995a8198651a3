import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SpendSpan } from '../core/forecast/spendSpan.ts';
import type { DaySpend, HistoryRow, WatchedSpend } from '../core/ports/tables.ts';
import { localTime } from '../core/quota/ends.ts';
import type { Unit } from '../core/quota/unit.ts';
import { isSameUnit } from '../core/quota/unit.ts';
import { MINUTE_MS } from '../core/time.ts';
import { localDay } from '../core/usage/range.ts';
import { isSameScale, type Meter, meterSpend, type Point, UNWATCHED_GAP_MS } from '../core/usage/spend.ts';
import { fromStored, partsOf, type Series, SeriesTable, stored } from './seriesTable.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is spent between the last look and a budget's end is no figure; in so short a time it is let pass. */
const UNSEEN_MS = 15 * MINUTE_MS;

/** Readings over time, compact: whole numbers, times as whole seconds, a row for a run of equals. */
export class HistoryTable {
  readonly #series: SeriesTable;
  readonly #keyNo: StatementSync;
  readonly #last: StatementSync;
  readonly #seriesAt: StatementSync;
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
  readonly #meters: StatementSync;
  readonly #erase: readonly StatementSync[];
  readonly #eraseSeries: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    const sql = (text: string) => database.prepare(text);
    this.#series = new SeriesTable(database);
    this.#keyNo = sql('SELECT no FROM keys WHERE id = ?');
    this.#last = sql('SELECT * FROM readings WHERE key_no = ? ORDER BY at DESC LIMIT 1');
    this.#seriesAt = sql('SELECT series_no FROM readings WHERE key_no = ? AND at = ?');
    this.#prolong = sql('UPDATE readings SET lasted = ? WHERE key_no = ? AND at = ?');
    this.#insert = sql(
      `INSERT INTO readings (key_no, at, lasted, series_no, remaining, used, spent, after_loss) VALUES (?, ?, 0, ?, ?, ?, ?, ?)
       ON CONFLICT (key_no, at) DO UPDATE SET remaining = excluded.remaining, used = excluded.used,
         spent = spent + excluded.spent, after_loss = max(after_loss, excluded.after_loss)`,
    );
    this.#meter = sql('SELECT * FROM meters WHERE key_no = ?');
    this.#setMeter = sql(
      `INSERT INTO meters (key_no, series_no, high, remaining, resets_at, looked_at, dip_at, dip_from, dip_to)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key_no) DO UPDATE SET series_no = excluded.series_no, high = excluded.high,
         remaining = excluded.remaining, resets_at = excluded.resets_at, looked_at = excluded.looked_at,
         dip_at = excluded.dip_at, dip_from = excluded.dip_from, dip_to = excluded.dip_to`,
    );
    this.#addDay = sql(
      `INSERT INTO days (key_no, day, series_no, spent, watched) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (day, key_no, series_no) DO UPDATE SET spent = spent + excluded.spent,
         watched = watched + excluded.watched`,
    );
    this.#rows = sql('SELECT * FROM readings WHERE key_no = ? AND at >= ? AND at <= ? ORDER BY at');
    this.#rowAt = sql('SELECT max(at) AS at FROM readings WHERE key_no = ? AND at <= ?');
    this.#spans = sql(
      `SELECT at, series_no, spent, lag(at + lasted) OVER (ORDER BY at) AS since,
         lag(series_no) OVER (ORDER BY at) AS before FROM readings WHERE key_no = ? AND at >= ? AND at <= ?`,
    );
    this.#days = sql(
      'SELECT key_no, day, series_no, spent, watched FROM days WHERE day >= ? AND day <= ? ORDER BY day',
    );
    // A year of a hundred keys has 36,500 of them, and an object for each would take most of the time.
    this.#days.setReturnArrays(true);
    this.#keyIds = sql('SELECT no, id FROM keys');
    this.#meters = sql('SELECT id, series_no FROM meters JOIN keys ON keys.no = key_no');
    this.#erase = ['readings', 'meters', 'days', 'series'].map(table =>
      sql(`DELETE FROM ${table} WHERE key_no = ?`),
    );
    this.#eraseSeries = ['readings', 'days', 'meters'].map(table =>
      sql(`DELETE FROM ${table} WHERE key_no = ? AND series_no = ?`),
    );
  }

  /** Adds what a reading said at `now`. Called inside a transaction. */
  appendReading(keyId: string, unit: Unit, point: Point, now: number): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return;
    const before = this.#meter.get(keyNo);
    const known = this.#goneOnWith(before, unit, point) ?? this.#series.seriesOf(keyNo, unit, point.counter);
    const parts = partsOf(known, point.counter);
    // Of another series the figures mean something else: metering begins anew.
    const isSame = before?.series_no === known.no;
    const { spent, meter, isRescaled, hasReset } = meterSpend(
      isSame && before ? meterOf(before, parts) : undefined,
      point,
    );
    const series = isRescaled ? this.#series.begin(keyNo, unit, point.counter) : known;
    const at = Math.floor(now / 1000);
    const spentParts = stored(spent, parts) ?? 0;
    this.#setMeterTo(keyNo, series, meter, parts, at);
    const lookedAt = isSame && series === known ? before?.looked_at : undefined;
    this.#addToDays(keyNo, series, spentParts, Number(lookedAt ?? at), at);
    const isAfterLoss = hasReset === true && before !== undefined && isUnseen(before, at, point);
    const figures = { remaining: stored(point.remaining, parts), used: stored(point.used, parts) };
    this.#addRow(keyNo, series, { ...figures, spent: spentParts, isAfterLoss }, at);
  }

  /** The series of the point before, where its scale was not recorded then and is surely that of this point. */
  #goneOnWith(before: Row | undefined, unit: Unit, point: Point): Series | undefined {
    const { counter } = point;
    const untold = counter && before && this.#series.untold(before.series_no, unit, counter);
    if (!untold) return undefined;
    const parts = partsOf(untold, counter);
    // Counts of tokens, and amounts that nobody has turned, have one scale only.
    const isPlain = counter.perUnit === 1 && (!counter.isConverted || untold.perUnit === 1);
    const isSame = isPlain || isSameScale(meterOf(before, parts), point, 2 / parts);
    return isSame ? this.#series.goOn(untold, counter) : undefined;
  }

  /** A key's rows that begin in a span of time, oldest first. Epoch milliseconds. */
  historyRows(keyId: string, from: number, to: number): HistoryRow[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return [];
    const rows = this.#rows.all(keyNo, Math.floor(from / 1000), Math.floor(to / 1000));
    const seriesOf = this.#series.lookUp(keyNo);
    return rows.flatMap(row => {
      const series = seriesOf(row.series_no);
      return series ? [rowOf(row, series)] : [];
    });
  }

  /** When a key's spend in a unit was noticed between two moments, in whichever series. */
  spendSpans(keyId: string, unit: Unit, from: number, to: number): readonly SpendSpan[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return [];
    const seriesOf = this.#series.lookUp(keyNo);
    return this.#spansOf(keyNo, from, to).flatMap(row => {
      const series = seriesOf(row.series_no);
      return series && isSameUnit(series.unit, unit) ? spanOf(row, series) : [];
    });
  }

  /** The same in the series a key is in now, and since when it has been watched in it without a break. */
  currentSpend(keyId: string, from: number, to: number): WatchedSpend {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return { since: to, spans: [] };
    const rows = this.#spansOf(keyNo, from, to);
    const now = rows.at(-1)?.series_no;
    const series = this.#series.lookUp(keyNo)(now);
    const ofCurrent = rows.slice(rows.findLastIndex(row => row.series_no !== now) + 1);
    if (!series || !ofCurrent[0]) return { since: to, spans: [] };
    return {
      since: Math.max(from, Number(ofCurrent[0].at) * 1000),
      spans: ofCurrent.flatMap(row => spanOf(row, series)),
    };
  }

  /** What every key spent, and for how long it was watched, on each local day of a span, in their order. */
  spendByDay(from: string, to: string): DaySpend[] {
    const keyIds = new Map(this.#keyIds.all().map(row => [row.no, String(row.id)]));
    const rows = this.#days.all(from, to) as unknown as [number, string, number, number, number][];
    const seriesOf = this.#series.lookUp();
    return rows.flatMap(([keyNo, day, no, spent, watched]) => {
      const series = seriesOf(no);
      if (!series) return [];
      const keyId = keyIds.get(keyNo) ?? '';
      const { unit, perUnit } = series;
      return [{ keyId, day, unit, spent: spent / perUnit, watchedMs: watched * 1000, series: no }];
    });
  }

  /** The series each key is in now. */
  currentSeries(): Map<string, number> {
    return new Map(this.#meters.all().map(row => [String(row.id), Number(row.series_no)]));
  }

  /** Forgets everything recorded about a key; what it is now stays. Called inside a transaction. */
  eraseKey(keyId: string): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo !== undefined) for (const statement of this.#erase) statement.run(keyNo);
  }

  /** Forgets the series that a key is in now. Called inside a transaction. */
  eraseCurrentSeries(keyId: string): void {
    const keyNo = this.#numberOf(keyId);
    const meter = keyNo === undefined ? undefined : this.#meter.get(keyNo);
    if (keyNo === undefined || !meter) return;
    for (const statement of this.#eraseSeries) statement.run(keyNo, Number(meter.series_no));
  }

  #setMeterTo(keyNo: number, { no }: Series, meter: Meter, parts: number, at: number): void {
    const { high, remaining, resetsAt, dip } = meter;
    this.#setMeter.run(
      keyNo,
      no,
      stored(high, parts),
      stored(remaining, parts),
      resetsAt ?? null,
      at,
      dip ? dip.at : null,
      stored(dip?.from, parts),
      stored(dip?.to, parts),
    );
  }

  /** Spend counts on the day it is noticed; time, where somebody looked before and after, on its own day. */
  #addToDays(keyNo: number, { no }: Series, spent: number, lookedAt: number, at: number): void {
    const today = localDay(at * 1000);
    const isWatched = at > lookedAt && (at - lookedAt) * 1000 <= UNWATCHED_GAP_MS;
    const midnight = new Date(at * 1000).setHours(0, 0, 0, 0) / 1000;
    const ofToday = isWatched ? at - Math.max(lookedAt, midnight) : 0;
    const ofYesterday = isWatched ? Math.max(0, midnight - lookedAt) : 0;
    if (ofYesterday > 0) this.#addDay.run(keyNo, localDay(lookedAt * 1000), no, 0, ofYesterday);
    if (spent > 0 || ofToday > 0) this.#addDay.run(keyNo, today, no, spent, ofToday);
  }

  #addRow(keyNo: number, { no }: Series, { remaining, used, spent, isAfterLoss }: Figures, at: number): void {
    const last = this.#last.get(keyNo);
    const isOfSeries = last?.series_no === no;
    const lastAt = Number(last?.at);
    const isSame = isOfSeries && last?.remaining === remaining && last.used === used;
    if (isSame && spent === 0 && !isAfterLoss && at >= lastAt) this.#prolong.run(at - lastAt, keyNo, lastAt);
    else {
      const second = this.#secondFor(keyNo, no, at);
      this.#insert.run(keyNo, second, no, remaining, used, spent, Number(isAfterLoss));
    }
  }

  /** Two series cannot have one row, not even for a second. */
  #secondFor(keyNo: number, seriesNo: number, at: number): number {
    for (let second = at; ; second++) {
      const taken = this.#seriesAt.get(keyNo, second)?.series_no;
      if (taken === undefined || taken === seriesNo) return second;
    }
  }

  /** The row that lasts into the span of time tells what was before its first change. */
  #spansOf(keyNo: number, from: number, to: number): readonly Row[] {
    const start = Math.floor(from / 1000);
    const first = this.#rowAt.get(keyNo, start)?.at;
    return this.#spans.all(keyNo, Number(first ?? start), Math.floor(to / 1000));
  }

  #numberOf(keyId: string): number | undefined {
    const row = this.#keyNo.get(keyId);
    return row && Number(row.no);
  }
}

/** What a reading comes to, in stored numbers. */
interface Figures {
  readonly remaining: number | null;
  readonly used: number | null;
  readonly spent: number;
  readonly isAfterLoss: boolean;
}

/** Whether a budget's end that has passed at `at` (epoch seconds) came long after the look before it. */
function isUnseen({ resets_at, looked_at }: Row, at: number, point: Point): boolean {
  const ended = Math.min(localTime(String(resets_at), point), at * 1000);
  return ended - Number(looked_at) * 1000 > UNSEEN_MS;
}

function meterOf(row: Row, parts: number): Meter {
  const number = (whole: unknown) => fromStored(whole, parts);
  const [from, to] = [number(row.dip_from), number(row.dip_to)];
  return {
    high: number(row.high),
    remaining: number(row.remaining),
    resetsAt: row.resets_at === null ? undefined : String(row.resets_at),
    dip: from === undefined || to === undefined ? undefined : { at: Number(row.dip_at), from, to },
  };
}

function rowOf(row: Row, { no, unit, perUnit }: Series): HistoryRow {
  const start = Number(row.at);
  return {
    from: start * 1000,
    to: (start + Number(row.lasted)) * 1000,
    unit,
    remaining: fromStored(row.remaining, perUnit),
    used: fromStored(row.used, perUnit),
    spent: fromStored(row.spent, perUnit) ?? 0,
    series: no,
    isMerged: row.merged === 1,
    isAfterLoss: row.after_loss === 1,
  };
}

function spanOf(row: Row, { no, perUnit }: Series): SpendSpan[] {
  if (!(Number(row.spent) > 0)) return [];
  const since = row.since === null || row.before !== no ? undefined : Number(row.since) * 1000;
  return [{ at: Number(row.at) * 1000, since, spent: Number(row.spent) / perUnit }];
}
