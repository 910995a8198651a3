/** Limit and use as they came, and when, in epoch milliseconds. */
export type BilledPair = readonly [limit: number, used: number, at: number];

/** What was learnt about a site by asking it, beside what it says of itself. It is kept for all keys there. */
export interface SiteNotes {
  /** Paths that its own router does not know, and until when that is believed, in epoch milliseconds. */
  readonly lacks?: Readonly<Record<string, number>>;
  /** Paths that have answered there: one that is not found today is there again tomorrow. */
  readonly has?: Readonly<Record<string, true>>;
  /** The headers in which it takes an account's user id. */
  readonly userIdHeaders?: readonly string[];
  /** What billing told of keys lately, by key. */
  readonly billed?: Readonly<Record<string, BilledPair>>;
  /** Until when billing is taken to tell the account's figures for every key, in epoch milliseconds. */
  readonly billsAccountUntil?: number;
}
