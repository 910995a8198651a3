import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { ScaleRun } from '../ledger/scaleTimes.ts';
import type { Unit } from '../quota/unit.ts';
import type { Point } from '../usage/meterPoint.ts';
import type { Range } from '../usage/range.ts';
import type { TimeSpan } from './ledgerTable.ts';

/** A run of equal readings. Amounts in `unit`; times in epoch milliseconds. */
export interface HistoryRow {
  readonly from: number;
  readonly to: number;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly remaining?: number;
  readonly used?: number;
  /** Spend since the row before. */
  readonly spent: number;
  /** Rows of different series cannot be compared, though their units have one name. */
  readonly series: number;
  /** Whether it is merged from readings of an hour or a day: then the spend was anywhere between its ends. */
  readonly isMerged: boolean;
  /** Whether a budget was reset before it, long after the reading before: spend until the reset is not known. */
  readonly isAfterLoss: boolean;
}

/** A key's spend on one local day, in one series. */
export interface DaySpend {
  readonly keyId: string;
  /** The local day: `2026-06-01`. */
  readonly day: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly spent: number;
  /** For how long readings were taken, from one to the next. */
  readonly watchedMs: number;
  readonly series: number;
}

/** Recorded samples of a key's spend, and since when it was watched without a gap. Epoch milliseconds. */
export interface WatchedSpend {
  readonly since: number;
  readonly spans: readonly SpendSpan[];
}

/** Readings over time, compact: whole numbers, whole seconds, one row for equal readings. */
export interface HistoryTable {
  /** Adds a reading of time `now`. Called inside a transaction. */
  appendReading(keyId: string, unit: Unit, point: Point, now: number): void;
  /** Moves the readings of the last days, which may be in the future, because the clock was set. Called inside a transaction. */
  moveReadings(keyId: string, ms: number, now: number): void;
  /** A key's rows that begin in a span of time, oldest first. Epoch milliseconds. */
  historyRows(keyId: string, from: number, to: number): HistoryRow[];
  /** The samples of a key's spend in a unit between two moments, of all series. */
  spendSpans(keyId: string, unit: Unit, from: number, to: number): readonly SpendSpan[];
  /** The first sample after each of some moments, where the reading before it was taken before that moment. */
  spendOver(keyId: string, unit: Unit, moments: readonly number[]): readonly SpendSpan[];
  /** The samples of the current series, and since when it has been watched without a gap. */
  currentSpend(keyId: string, from: number, to: number): WatchedSpend;
  /** The parts of a span in which a key was read in a unit again and again, so that all spend shows. */
  watchedSpans(keyId: string, unit: Unit, from: number, to: number): readonly TimeSpan[];
  /** Spend and watched time of every key on each local day (`2026-06-01`) of a span, in order. */
  spendByDay(from: string, to: string): DaySpend[];
  /** The current series of each key. */
  currentSeries(): Map<string, number>;
  /** Erases a key's history; its current state stays. Called inside a transaction. */
  eraseKey(keyId: string): void;
  /** Erases the series that a key is in now, with all it spent in it. Called inside a transaction. */
  eraseCurrentSeries(keyId: string): void;
}

/** The scales that a key was read by: rows of a log are raw units, without the scale of their time. */
export interface ScaleTable {
  /** Whether the unit, scale or rate was another than the current one within a range. */
  hasChangedIn(keyId: string, range: Range): boolean;
  /** By which scales it was read, for each way of reading, oldest first. */
  scaleRuns(keyId: string): readonly (readonly ScaleRun[])[];
}
