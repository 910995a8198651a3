import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { localTime } from '../core/quota/ends.ts';
import type { Unit } from '../core/quota/unit.ts';
import { HOUR_MS, MINUTE_MS } from '../core/time.ts';
import { isSameScale, type Meter, meterSpend, UNWATCHED_GAP_MS } from '../core/usage/meter.ts';
import type { Point } from '../core/usage/meterPoint.ts';
import { localDay } from '../core/usage/range.ts';
import { fromStoredNumber, partsOf, type Series, type SeriesTable, toStoredNumber } from './seriesTable.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is spent between the last reading and a budget's reset is in no figure; a time this short is ignored. */
const UNSEEN_MS = 15 * MINUTE_MS;
/** Taken from a day's watched time: with this much less it is not taken for watched as a whole. */
const UNTOLD_LOSS_S = HOUR_MS / 1000;

/** Writes readings into the history: the row, the sums of the day, and what the key's counter shows. */
export class HistoryWriter {
  readonly #series: SeriesTable;
  readonly #last: StatementSync;
  readonly #seriesAt: StatementSync;
  readonly #prolong: StatementSync;
  readonly #insert: StatementSync;
  readonly #meter: StatementSync;
  readonly #setMeter: StatementSync;
  readonly #addDay: StatementSync;

  constructor(database: DatabaseSync, series: SeriesTable) {
    const sql = (text: string) => database.prepare(text);
    this.#series = series;
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
  }

  /** Adds what a reading of a key, by its number, said at `now`. Called inside a transaction. */
  appendReading(keyNo: number, unit: Unit, point: Point, now: number): void {
    const before = this.#meter.get(keyNo);
    const known = this.#goneOnWith(before, unit, point) ?? this.#series.seriesOf(keyNo, unit, point.counter);
    const parts = partsOf(known, point.counter);
    // Figures of another series cannot be compared: metering starts again.
    const isSame = before?.series_no === known.no;
    const { spent, meter, isRescaled, hasReset } = meterSpend(
      isSame && before ? meterOf(before, parts) : undefined,
      point,
    );
    const series = isRescaled ? this.#series.beginSeries(keyNo, unit, point.counter) : known;
    const at = Math.floor(now / 1000);
    const spentParts = toStoredNumber(spent, parts) ?? 0;
    this.#setMeterTo(keyNo, series, meter, parts, at);
    const isAfterLoss = hasReset === true && before !== undefined && isUnseen(before, at, point);
    const lookedAt = isSame && series === known && !isAfterLoss ? before?.looked_at : undefined;
    this.#addToDays(keyNo, series, spentParts, Number(lookedAt ?? at), at);
    // A told reset is a short gap in its day; without one nobody knows what is missing, and the day is not whole.
    if (isAfterLoss && (before.resets_at ?? undefined) === point.resetsAt)
      for (const day of new Set([Number(before.looked_at), at].map(second => localDay(second * 1000))))
        this.#addDay.run(keyNo, day, series.no, 0, -UNTOLD_LOSS_S);
    const figures = {
      remaining: toStoredNumber(point.remaining, parts),
      used: toStoredNumber(point.used, parts),
    };
    this.#addRow(keyNo, series, { ...figures, spent: spentParts, isAfterLoss }, at);
  }

  /** The series of the point before, where its scale was not recorded then and is surely that of this point. */
  #goneOnWith(before: Row | undefined, unit: Unit, point: Point): Series | undefined {
    const { counter } = point;
    const untold = counter && before && this.#series.seriesWithoutScale(before.series_no, unit, counter);
    if (!untold) return undefined;
    const parts = partsOf(untold, counter);
    // Counts of tokens, and amounts that were never converted, have only one scale.
    const isPlain = counter.perUnit === 1 && (!counter.isConverted || untold.perUnit === 1);
    const isSame = isPlain || isSameScale(meterOf(before, parts), point, 2 / parts);
    return isSame ? this.#series.recordScale(untold, counter) : undefined;
  }

  #setMeterTo(keyNo: number, { no }: Series, meter: Meter, parts: number, at: number): void {
    const { high, remaining, resetsAt, dip } = meter;
    this.#setMeter.run(
      keyNo,
      no,
      toStoredNumber(high, parts),
      toStoredNumber(remaining, parts),
      resetsAt ?? null,
      at,
      dip ? dip.at : null,
      toStoredNumber(dip?.from, parts),
      toStoredNumber(dip?.to, parts),
    );
  }

  /** Spend counts on the day it is noticed; watched time, which lies between two readings, on its own days. */
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

  /** Two series must not have rows at the same second. */
  #secondFor(keyNo: number, seriesNo: number, at: number): number {
    for (let second = at; ; second++) {
      const taken = this.#seriesAt.get(keyNo, second)?.series_no;
      if (taken === undefined || taken === seriesNo) return second;
    }
  }
}

/** What a reading comes to, in stored numbers. */
interface Figures {
  readonly remaining: number | null;
  readonly used: number | null;
  readonly spent: number;
  readonly isAfterLoss: boolean;
}

/** Whether a budget was reset before `at` (epoch seconds), and long after the reading before it; also where no end is told. */
function isUnseen({ resets_at, looked_at }: Row, at: number, point: Point): boolean {
  const ended = Math.min(localTime(String(resets_at), point), at * 1000);
  return !(ended - Number(looked_at) * 1000 <= UNSEEN_MS);
}

function meterOf(row: Row, parts: number): Meter {
  const number = (whole: unknown) => fromStoredNumber(whole, parts);
  const [from, to] = [number(row.dip_from), number(row.dip_to)];
  return {
    high: number(row.high),
    remaining: number(row.remaining),
    resetsAt: row.resets_at === null ? undefined : String(row.resets_at),
    dip: from === undefined || to === undefined ? undefined : { at: Number(row.dip_at), from, to },
  };
}
