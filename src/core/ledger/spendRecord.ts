import type { Scale } from '../quota/unit.ts';

/** Where recorded spend comes from: each answers for its own spans, and they are never added to each other. */
export const LEDGER_SOURCES = ['keyLog', 'accountLog', 'hourlySums', 'dailySums', 'rangeSums'] as const;

/** One of `LEDGER_SOURCES`. */
export type LedgerSource = (typeof LEDGER_SOURCES)[number];

/** Spend of one moment or span, as a gateway told it. */
export interface SpendRecord {
  /** The second of a log row, or the first second of a sum. Epoch seconds, by the gateway's clock. */
  readonly at: number;
  /** How many seconds a sum covers; absent for a log row. */
  readonly lasts?: number;
  /** The name of the key in the account's list; empty where the source is about one key or has no names. */
  readonly keyName: string;
  /** Empty where the source has no models. */
  readonly model: string;
  /** In the gateway's raw units; negative for a refund. */
  readonly raw: number;
  /** Undefined where the source does not tell, which is not 0. */
  readonly requests: number | undefined;
  /** Both are told or neither is; a source that tells only their sum has it here, and nothing in `completionTokens`. */
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
}

/** A span of time, the end excluded. Epoch seconds. */
export interface SecondSpan {
  readonly from: number;
  readonly to: number;
}

/** What one answer of a gateway tells about spend. */
export interface SpendRecords {
  readonly source: LedgerSource;
  readonly scale: Scale;
  /** In any order. Those outside of `complete` are ignored. */
  readonly records: readonly SpendRecord[];
  /**
   * For which seconds the records are all there are, the end excluded; undefined where for none. `from` is 0 where the
   * log is known to begin with its first row.
   */
  readonly complete: SecondSpan | undefined;
  /** The parts of `complete` of which that does not hold, because of rows that could not be read or placed. */
  readonly holes?: readonly SecondSpan[];
  /** For a key's log: whether every row that the gateway has of the key was told. */
  readonly isWholeLog?: boolean;
  /** How many rows could not be read or placed. */
  readonly unreadable: number;
  /** Where an answer is taken in by several scales: all of its records, and whether its newest part is this one. */
  readonly partOf?: { readonly records: readonly SpendRecord[]; readonly isLast: boolean };
  /** How many rows a log told, of whatever kind; as many as there are records where it is absent. */
  readonly rows?: number;
}
