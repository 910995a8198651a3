/** Limit and use in the gateway's own numbers, and when they were read, in epoch milliseconds. */
export type BilledPair = readonly [limit: number, used: number, at: number];

/** What requests have shown about a site, beside its status. Stored for all its keys. */
export interface SiteNotes {
  /** Missing paths, and until when they are not asked for, in epoch milliseconds. */
  readonly lacks?: Readonly<Record<string, number>>;
  /** Paths that have answered: a 404 there is temporary. */
  readonly has?: Readonly<Record<string, true>>;
  /** The headers that it accepts an account's user id in. */
  readonly userIdHeaders?: readonly string[];
  /** The last billing figures, by the key's fingerprint. */
  readonly billed?: Readonly<Record<string, BilledPair>>;
  /** Until when billing is taken to report the account's figures for every key, in epoch milliseconds. */
  readonly billsAccountUntil?: number;
}
