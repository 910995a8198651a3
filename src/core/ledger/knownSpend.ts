import type { SpendSpan } from '../forecast/spendSpan.ts';
import type { TimeSpan } from '../ports/ledgerTable.ts';

/** What readings showed of one local day. */
export interface ReadDay {
  readonly spent: number;
  /** For how long readings were taken, from one to the next. */
  readonly watchedMs: number;
  /** Whether some of the day's spend was read in another unit. */
  readonly isElsewhere?: boolean;
}

/** A sum that cannot be divided into local days: its span crosses midnight, or only the widest bounds of it are known. */
export interface LooseSum extends TimeSpan {
  readonly spent: number;
}

/** What is known of a key's spend, in the unit of its reading. Days are counted as in `dayOf`. */
export interface KnownSpend {
  /** The spans for which gateways have told all spend by day, whatever the source; they neither touch nor overlap. */
  readonly covered: readonly TimeSpan[];
  /** What the ledger has of each day. */
  readonly toldDays: ReadonlyMap<number, number>;
  /** Told sums that belong to no single day; a sum of several days may contain them. None of their time is covered. */
  readonly loose: readonly LooseSum[];
  readonly readDays: ReadonlyMap<number, ReadDay>;
  /** The parts of a span in which readings notice all spend. */
  readonly watched: (span: TimeSpan) => readonly TimeSpan[];
  /** Spend that readings noticed within a span. */
  readonly noticed: (span: TimeSpan) => readonly SpendSpan[];
  /** The first spend that readings noticed after each of `moments`, where it may have been spent before that moment. */
  readonly noticedOver: (moments: readonly number[]) => readonly SpendSpan[];
  /** What the ledger has of a span that is covered. */
  readonly told: (span: TimeSpan) => number;
  /** When the key was last read, epoch milliseconds. */
  readonly readAt: number;
  /**
   * Before it something may be missing, whatever is covered: when its secret was replaced last, since what the one before
   * spent after its last check is not known, or until when its log may lack rows. 0 without either.
   */
  readonly wholeSince: number;
}
