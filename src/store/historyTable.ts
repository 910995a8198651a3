import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SpendSpan } from '../core/forecast/spendSpan.ts';
import { intersectSpans } from '../core/ledger/spans.ts';
import type { DaySpend, HistoryRow, WatchedSpend } from '../core/ports/historyTables.ts';
import type { TimeSpan } from '../core/ports/ledgerTable.ts';
import type { Unit } from '../core/quota/unit.ts';
import { isSameUnit } from '../core/quota/unit.ts';
import { DAY_MS } from '../core/time.ts';
import { UNWATCHED_GAP_MS } from '../core/usage/meter.ts';
import type { Point } from '../core/usage/meterPoint.ts';
import { HistoryWriter } from './historyWriter.ts';
import { numbered } from './numbered.ts';
import { fromStoredNumber, type Series, SeriesTable } from './seriesTable.ts';

/** Longer ago than any figure of a day, week or month reaches. */
const MOVED_MS = 40 * DAY_MS;

type Row = Readonly<Record<string, unknown>>;

/** Readings over time, compact: whole numbers, times as whole seconds, a row for a run of equals. */
export class HistoryTable {
  readonly #series: SeriesTable;
  readonly #writer: HistoryWriter;
  readonly #keyNo: StatementSync;
  readonly #rows: StatementSync;
  readonly #rowAt: StatementSync;
  readonly #spans: StatementSync;
  readonly #around: StatementSync;
  readonly #over: StatementSync;
  readonly #days: StatementSync;
  readonly #keyIds: StatementSync;
  readonly #meters: StatementSync;
  readonly #erase: readonly StatementSync[];
  readonly #move: readonly StatementSync[];
  readonly #currentSeries: StatementSync;
  readonly #eraseSeries: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    const sql = (text: string) => database.prepare(text);
    this.#series = new SeriesTable(database);
    this.#writer = new HistoryWriter(database, this.#series);
    this.#keyNo = sql('SELECT no FROM keys WHERE id = ?');
    this.#rows = sql('SELECT * FROM readings WHERE key_no = ? AND at >= ? AND at <= ? ORDER BY at');
    this.#rowAt = sql('SELECT max(at) AS at FROM readings WHERE key_no = ? AND at <= ?');
    this.#spans = sql(
      `SELECT at, lasted, series_no, spent, merged, lag(at + lasted) OVER (ORDER BY at) AS since,
         lag(series_no) OVER (ORDER BY at) AS before FROM readings WHERE key_no = ? AND at >= ? AND at <= ?`,
    );
    // The first reading from each moment on, with the one before it. In this order of tables no other reading is read.
    this.#over = sql(
      `SELECT DISTINCT next.at, next.lasted, next.series_no, next.spent, next.merged, last.at + last.lasted AS since,
         last.series_no AS before FROM json_each(?2)
         CROSS JOIN readings AS next ON next.key_no = ?1
           AND next.at = (SELECT min(at) FROM readings WHERE key_no = ?1 AND at >= value)
         CROSS JOIN readings AS last ON last.key_no = ?1
           AND last.at = (SELECT max(at) FROM readings WHERE key_no = ?1 AND at < value)
       WHERE next.spent > 0 AND last.at + last.lasted < value ORDER BY next.at`,
    );
    // With the reading before the span and the one after it.
    this.#around = sql(
      `SELECT at, lasted, series_no, after_loss FROM readings WHERE key_no = ?1
         AND at >= coalesce((SELECT max(at) FROM readings WHERE key_no = ?1 AND at <= ?2), ?2)
         AND at <= coalesce((SELECT min(at) FROM readings WHERE key_no = ?1 AND at >= ?3), ?3) ORDER BY at`,
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
    // In two steps: on its way a row must not meet the next one.
    this.#move = [
      'at = -at - ?2 WHERE key_no = ?1 AND at > ?3',
      'at = -at WHERE key_no = ?1 AND at < 0 AND ?2 AND ?3',
    ].map(change => sql(`UPDATE OR REPLACE readings SET ${change}`));
    this.#currentSeries = sql('SELECT series_no FROM meters WHERE key_no = ?');
    this.#eraseSeries = ['readings', 'days', 'meters'].map(table =>
      sql(`DELETE FROM ${table} WHERE key_no = ? AND series_no = ?`),
    );
  }

  /** Adds a reading of time `now`. Called inside a transaction. */
  appendReading(keyId: string, unit: Unit, point: Point, now: number): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo !== undefined) this.#writer.appendReading(keyNo, unit, point, now);
  }

  /** Moves the readings of the last days, which may be in the future, because the clock was set. Called inside a transaction. */
  moveReadings(keyId: string, ms: number, now: number): void {
    const seconds = [ms, now - MOVED_MS].map(time => Math.round(time / 1000));
    for (const step of this.#move) step.run(numbered(this.#numberOf(keyId) ?? 0, ...seconds));
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

  /** The samples of a key's spend in a unit between two moments, of all series. */
  spendSpans(keyId: string, unit: Unit, from: number, to: number): readonly SpendSpan[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return [];
    const seriesOf = this.#series.lookUp(keyNo);
    return this.#spansOf(keyNo, from, to).flatMap(row => {
      const series = seriesOf(row.series_no);
      return series && isSameUnit(series.unit, unit) ? spanOf(row, series) : [];
    });
  }

  /** The first sample after each of some moments, where the reading before it was taken before that moment. */
  spendOver(keyId: string, unit: Unit, moments: readonly number[]): readonly SpendSpan[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined || moments.length === 0) return [];
    const seriesOf = this.#series.lookUp(keyNo);
    const seconds = JSON.stringify(moments.map(moment => Math.ceil(moment / 1000)));
    return this.#over.all(numbered(keyNo, seconds)).flatMap(row => {
      const series = seriesOf(row.series_no);
      return series && isSameUnit(series.unit, unit) ? spanOf(row, series) : [];
    });
  }

  /** The samples of the current series, and since when it has been watched without a gap. */
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

  /** The parts of a span in which a key was read in a unit again and again, so that all spend shows. */
  watchedSpans(keyId: string, unit: Unit, from: number, to: number): readonly TimeSpan[] {
    const keyNo = this.#numberOf(keyId);
    if (keyNo === undefined) return [];
    const seriesOf = this.#series.lookUp(keyNo);
    const rows = this.#around.all(numbered(keyNo, Math.floor(from / 1000), Math.ceil(to / 1000)));
    const watched = rows.flatMap((row, index) => {
      const series = seriesOf(row.series_no);
      if (!series || !isSameUnit(series.unit, unit)) return [];
      const at = Number(row.at) * 1000;
      const since = row.after_loss === 1 ? at : watchedSince(rows[index - 1], row);
      return [{ from: since, to: at + Number(row.lasted) * 1000 }];
    });
    return intersectSpans(watched, [{ from, to }]);
  }

  /** Spend and watched time of every key on each local day (`2026-06-01`) of a span, in order. */
  spendByDay(from: string, to: string): DaySpend[] {
    const keyIds = new Map(this.#keyIds.all().map(row => [row.no, String(row.id)]));
    const rows = this.#days.all(from, to) as unknown as [number, string, number, number, number][];
    const seriesOf = this.#series.lookUp();
    const spends: DaySpend[] = [];
    for (const [keyNo, day, no, spent, watched] of rows) {
      const series = seriesOf(no);
      if (!series) continue;
      const { unit, perUnit } = series;
      const keyId = keyIds.get(keyNo) ?? '';
      spends.push({ keyId, day, unit, spent: spent / perUnit, watchedMs: watched * 1000, series: no });
    }
    return spends;
  }

  /** The current series of each key. */
  currentSeries(): Map<string, number> {
    return new Map(this.#meters.all().map(row => [String(row.id), Number(row.series_no)]));
  }

  /** Erases a key's history; its current state stays. Called inside a transaction. */
  eraseKey(keyId: string): void {
    const keyNo = this.#numberOf(keyId);
    if (keyNo !== undefined) for (const statement of this.#erase) statement.run(keyNo);
  }

  /** Erases the series that a key is in now, with all it spent in it. Called inside a transaction. */
  eraseCurrentSeries(keyId: string): void {
    const keyNo = this.#numberOf(keyId);
    const current = keyNo === undefined ? undefined : this.#currentSeries.get(keyNo);
    if (keyNo === undefined || !current) return;
    for (const statement of this.#eraseSeries) statement.run(keyNo, Number(current.series_no));
  }

  /** Includes the row before the span: it says what the figures were before the first change in it. */
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

/** Since when all spend up to a reading was seen: since the one before it, unless that was too long ago. */
function watchedSince(before: Row | undefined, { at, series_no }: Row): number {
  const now = Number(at) * 1000;
  const last = (Number(before?.at) + Number(before?.lasted)) * 1000;
  return before?.series_no === series_no && now - last <= UNWATCHED_GAP_MS ? last : now;
}

function rowOf(row: Row, { no, unit, perUnit }: Series): HistoryRow {
  const start = Number(row.at);
  return {
    from: start * 1000,
    to: (start + Number(row.lasted)) * 1000,
    unit,
    remaining: fromStoredNumber(row.remaining, perUnit),
    used: fromStoredNumber(row.used, perUnit),
    spent: fromStoredNumber(row.spent, perUnit) ?? 0,
    series: no,
    isMerged: row.merged === 1,
    isAfterLoss: row.after_loss === 1,
  };
}

function spanOf(row: Row, { no, perUnit }: Series): SpendSpan[] {
  if (!(Number(row.spent) > 0)) return [];
  const since = row.since === null || row.before !== no ? undefined : Number(row.since) * 1000;
  const at = Number(row.at) * 1000;
  const merged = row.merged === 1 && { until: at + Number(row.lasted) * 1000 };
  return [{ at, since, ...merged, spent: Number(row.spent) / perUnit }];
}
