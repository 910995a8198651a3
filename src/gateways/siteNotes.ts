/** Limit and use in the gateway's own numbers, and when they were read, in epoch milliseconds. */
export type BilledPair = readonly [limit: number, used: number, at: number];

/** What billing tells about a key: its own figures, its account's, or nothing that can be used. */
export type BillingMode = 'key' | 'account' | 'none';

/** The mode that was found, and for which version and unit: for another one it has to be found again. */
export interface BillingNote {
  readonly mode: BillingMode;
  readonly version?: string;
  /** See `conversionName`. */
  readonly unit: string;
  /** When it was found or confirmed, and when it was found first. Epoch milliseconds. */
  readonly at: number;
  readonly since: number;
  /** Whether a key that was used took part in the comparison. */
  readonly isUseProven?: boolean;
  /** When billing did not answer, and has not answered since. Epoch milliseconds. */
  readonly closedAt?: number;
  /** Since when a key is told figures that cannot be its own, though it could not be asked itself. Epoch milliseconds. */
  readonly doubtedAt?: number;
  /** The limit that a key was told in place of its own, in raw numbers: probably the account's. */
  readonly otherLimit?: number;
}

/** What a site says of a plan. */
export interface PlanNote {
  /** Empty where it is not on offer any more, so that its name is not told. */
  readonly title: string;
  /** How often its quota resets: `5h`, `1d`; absent where it does not. */
  readonly every?: string;
  /** When that was read. Epoch milliseconds. */
  readonly at: number;
}

/** What requests have shown about a site, beside its status. Stored for all its keys. */
export interface SiteNotes {
  /** Missing paths, and until when they are not asked for, in epoch milliseconds. */
  readonly lacks?: Readonly<Record<string, number>>;
  /** Paths that have answered: a 404 there is temporary. */
  readonly has?: Readonly<Record<string, true>>;
  /** The headers that it accepts an account's user id in. */
  readonly userIdHeaders?: readonly string[];
  /** What billing tells about keys that have an endpoint of their own beside it. */
  readonly billing?: BillingNote;
  /** The plans that accounts pay by, by their number at the site. */
  readonly plans?: Readonly<Record<string, PlanNote>>;
  /** The last billing figures, by the key's fingerprint. */
  readonly billed?: Readonly<Record<string, BilledPair>>;
  /** See `isDecisive`; `until` in epoch milliseconds. */
  readonly decisive?: { readonly limiter: string; readonly until: number };
  /**
   * Until when billing is taken to report the account's figures for every key, in epoch milliseconds; 0 where it was seen
   * to tell a key's own since.
   */
  readonly billsAccountUntil?: number;
}
