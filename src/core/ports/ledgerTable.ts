import type { LedgerSource, SpendRecords } from '../ledger/spendRecord.ts';
import type { Unit } from '../quota/unit.ts';

/** A span of time, the end excluded. Epoch milliseconds. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** A span for which a source has told all spend of a key. */
export interface CoveredSpan extends TimeSpan {
  readonly source: LedgerSource;
}

/** The spans for which spend was told by one scale, whatever the source; they neither touch nor overlap. */
export interface ScaleCoverage {
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly perUnit: number;
  readonly covered: readonly TimeSpan[];
}

/** Under which key name and model something was spent, which source told it, and what it counts in. */
export interface LedgerName {
  readonly source: LedgerSource;
  readonly keyName: string;
  readonly model: string;
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  /** How many of the gateway's raw units are one of `unit`. */
  readonly perUnit: number;
}

/** Spend under one key name and model, as one source told it. */
export interface LedgerFigure extends LedgerName {
  /** In the gateway's raw units. */
  readonly raw: number;
  readonly requests: number | undefined;
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
}

/** Spend of one key in one cell: a quarter of an hour, or the span of a sum. */
export interface LedgerCell extends LedgerFigure, TimeSpan {}

/** Spend of a key under one model on one local day, or on several in a row, from the best source of each span. */
export interface LedgerDay extends LedgerFigure {
  readonly keyId: string;
  /** The local day, or the first of several: `2026-06-01`. */
  readonly day: string;
}

/** What was spent on a local day. */
export interface DayAmounts {
  /** `2026-06-01` */
  readonly day: string;
  /** In the gateway's raw units. */
  readonly raw: number;
  readonly requests: number | undefined;
  readonly tokens: number | undefined;
}

/** Spend of a key under one name and model by local day, from the best source of each span. */
export interface LedgerLine extends LedgerName {
  readonly days: readonly DayAmounts[];
}

/** What a key's log was last found to hold: how soon its rows roll over can be estimated from it. */
export interface LedgerProgress {
  /** When the last answer was taken in. Epoch milliseconds. */
  readonly takenInAt: number;
  /** Rows in that answer, the span of time they are of, and what they cost together, in raw units. */
  readonly rows: number;
  readonly span: TimeSpan | undefined;
  readonly raw: number;
  /** How that answer counts. */
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly perUnit: number;
  /** The gateway's `used` counter when it was asked, in raw units (`usedRawOf`), where it was known. */
  readonly usedRaw: number | undefined;
}

/** The spend ledger: what gateways told of a key's spend, once, and for which spans that is complete. */
export interface LedgerTable {
  /**
   * Takes in what a gateway told, once however often and in whatever order it is told. Called inside a transaction.
   * `fingerprint` is that of the secret the question was put with: only what was told to the key's present one, and carried
   * on from the ones before, is read again. `now` is when the answer came.
   */
  takeIn(keyId: string, fingerprint: string, records: SpendRecords, now: number, usedRaw?: number): void;
  /** The covered spans of a key's present secret, by source, oldest first; spans of one source neither touch nor overlap. */
  coverageOf(keyId: string): readonly CoveredSpan[];
  /** The same by the scale that what was told counts by. */
  coverageByScale(keyId: string): readonly ScaleCoverage[];
  /** The cells of one source that begin in a span, oldest first. */
  cellsOf(keyId: string, source: LedgerSource, span: TimeSpan): readonly LedgerCell[];
  /** The same by the second, for the newest part of a log; undefined where a second of the span is only kept by quarters. */
  secondsOf(keyId: string, source: LedgerSource, span: TimeSpan): readonly LedgerCell[] | undefined;
  /** Spend by local day (`2026-06-01`, both included) of one key, or of all. In no particular order. */
  spendByDay(from: string, to: string, keyId?: string): readonly LedgerDay[];
  /** The same of one key, in less time, by line. */
  linesByDay(from: string, to: string, keyId: string): readonly LedgerLine[];
  /** Spend in sums of several days: each from one of `firstDays`, in order, up to the next; the last up to `end`. */
  spendByPeriod(firstDays: readonly string[], end: string, keyId?: string): readonly LedgerDay[];
  progressOf(keyId: string, source: LedgerSource): LedgerProgress | undefined;
  /** The keys whose sums by day are of another time zone. They are right all the same, but take longer to read. */
  keysToRebuild(): readonly string[];
  /**
   * Rebuilds some of a key's sums by day. Not many at once: returns whether there are more, for another call. Called
   * inside a transaction, one call each.
   */
  rebuildDays(keyId: string): boolean;
  /** Lets what was told to a key's present secret count on under another one. Called inside a transaction, before it is set. */
  carryOn(keyId: string, fingerprint: string): void;
  /** Erases a key's spend and coverage. Called inside a transaction. */
  eraseKey(keyId: string): void;
  /**
   * Deletes what was spent before a moment, and what is known to be complete of it. Not much at once: returns whether there
   * is more, for another call. Called inside a transaction, one call each.
   */
  deleteBefore(time: number): boolean;
}
