import type { Share } from '../quota/share.ts';

/** Every call to a gateway, written before it is sent, and the holds of its limiters. */
export interface RequestLog {
  /** `paced` marks calls that are throttled to a distance from each other. */
  addCall(baseUrl: string, limiter: string, sentAt: number, paced?: boolean): void;
  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(baseUrl: string, limiter: string, since: number): number[];
  /** When the `n`th newest call was sent, from 1 on, if it was after `since`. */
  newestSince(baseUrl: string, limiter: string, since: number, n: number): number | undefined;
  /** When the last call that keeps a distance was sent, if it was after `since`. */
  lastPaced(baseUrl: string, limiter: string, since: number): number | undefined;
  deleteBefore(time: number): void;
  /** Holds a limiter until a moment; a shorter hold never shortens a longer one. */
  holdLimiter(baseUrl: string, limiter: string, until: number, now: number): void;
  /**
   * Moves calls written before the clock was put back to now and before it, as far apart as they were, and holds to now:
   * they are neither forgotten nor do they close a limiter until the clock has caught up.
   */
  dropFuture(now: number): void;
  heldUntil(baseUrl: string, limiter: string): number | undefined;
}

/** A call that a person asked for and that waits for room in the request budget. */
export interface WaitingCall {
  readonly baseUrl: string;
  readonly limiter: string;
  readonly keyId: string;
  /** `check`: the key is asked as soon as there is room; `question`: whoever asked asks again then. */
  readonly purpose: 'check' | 'question';
}

/** Calls that wait, in all windows: polls leave room for them. Times in epoch milliseconds. */
export interface WaitingTable {
  /** How many calls wait for a limiter; those of a clock that was put back since do not count. */
  countWaiting(baseUrl: string, limiter: string, now: number): number;
  /** The ids of all keys whose check waits, in one query. */
  waitingChecks(now: number): ReadonlySet<string>;
  /** Whether the check of one key waits. */
  isCheckWaiting(keyId: string, now: number): boolean;
  /** Lets a call wait from `now` until it is given up. */
  saveWaiting(call: WaitingCall, now: number, until: number): void;
  removeWaiting(call: WaitingCall): void;
  stopWaiting(keyId: string, purpose: WaitingCall['purpose']): void;
}

/** What gateways say about themselves, as JSON, and when that was read. */
export interface SiteTable {
  siteOf(baseUrl: string):
    | {
        readonly site?: string;
        readonly askedAt: number;
      }
    | undefined;
  /** Saves the time; undefined keeps the last answer. */
  saveSite(baseUrl: string, site: string | undefined, askedAt: number): void;
  /** Makes the next check read it again. */
  expireSite(baseUrl: string): void;
}

/** How much of each limiter is ours, by base URL. A row that cannot be read counts as nothing learnt. */
export interface ShareTable {
  shareOf(baseUrl: string, limiter: string): Share | undefined;
  saveShare(baseUrl: string, limiter: string, share: Share): void;
}

/** When a key's log was last asked for without a person's asking, and how many tries in a row brought nothing. */
export interface LogTry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly failures: number;
}

/** A secret that a key had before. */
export interface FormerSecret {
  /** Epoch milliseconds. */
  readonly until: number;
  readonly fingerprint: string;
  /** The name of its account, where the secret is an account's and was read. */
  readonly account?: string;
}

/** One try a key. */
export interface LogTryTable {
  tryOf(keyId: string): LogTry | undefined;
  /** When a log was last asked for at a base URL; 0 where none was. */
  lastTryAt(baseUrl: string): number;
  saveTry(keyId: string, { at, failures }: LogTry): void;
  /** From when on a log is taken in, epoch milliseconds; 0 where nothing was erased. */
  takenSince(keyId: string): number;
  /** Lets nothing be taken in that was spent before a moment. */
  takeOnlySince(keyId: string, since: number): void;
  /**
   * Until when a key's log may lack rows, epoch milliseconds; 0 where it lacks none, undefined where that is not known yet,
   * -1 where it never will be.
   */
  unloggedUntil(keyId: string): number | undefined;
  saveUnloggedUntil(keyId: string, until: number): void;
  /** The former secrets of a key of which something is known, the newest first. */
  formerSecrets(keyId: string): readonly FormerSecret[];
  saveFormerSecret(keyId: string, secret: FormerSecret): void;
  removeFormerSecret(keyId: string, until: number): void;
}
