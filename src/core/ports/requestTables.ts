import type { Share } from '../quota/share.ts';

/** Every call to a gateway, written before it is sent, and the holds of its limiters. */
export interface RequestLog {
  /** `paced` marks calls that are throttled to a distance from each other. */
  addCall(origin: string, limiter: string, sentAt: number, paced?: boolean): void;
  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(origin: string, limiter: string, since: number): number[];
  /** When the `n`th newest call was sent, from 1 on, if it was after `since`. */
  newestSince(origin: string, limiter: string, since: number, n: number): number | undefined;
  /** When the last call that keeps a distance was sent, if it was after `since`. */
  lastPaced(origin: string, limiter: string, since: number): number | undefined;
  deleteBefore(time: number): void;
  /** Holds a limiter until a moment; a shorter hold never shortens a longer one. */
  holdLimiter(origin: string, limiter: string, until: number, now: number): void;
  /**
   * Moves calls and holds of the future, written before the clock was put back, to `now`: they are neither
   * forgotten nor do they close the limiter until the clock has caught up.
   */
  dropFuture(origin: string, limiter: string, now: number): void;
  heldUntil(origin: string, limiter: string): number | undefined;
}

/** A call that a person asked for and that waits for room in the request budget. */
export interface WaitingCall {
  readonly origin: string;
  readonly limiter: string;
  readonly keyId: string;
  /** `check`: the key is asked as soon as there is room; `question`: whoever asked asks again then. */
  readonly purpose: 'check' | 'question';
}

/** Calls that wait, in all windows: polls leave room for them. Times in epoch milliseconds. */
export interface WaitingTable {
  /** How many calls wait for a limiter; those of a clock that was put back since do not count. */
  countWaiting(origin: string, limiter: string, now: number): number;
  /** The ids of keys whose check waits: for whoever looks at all keys. */
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
  siteOf(origin: string):
    | {
        readonly site?: string;
        readonly askedAt: number;
      }
    | undefined;
  /** Saves the time; undefined keeps the last answer. */
  saveSite(origin: string, site: string | undefined, askedAt: number): void;
  /** Makes the next check read it again. */
  expireSite(origin: string): void;
}

/** How much of each limiter is ours, by origin. A row that cannot be read counts as nothing learnt. */
export interface ShareTable {
  shareOf(origin: string, limiter: string): Share | undefined;
  saveShare(origin: string, limiter: string, share: Share): void;
}

/** When a key's log was last asked for without a person's asking, and how many tries in a row brought nothing. */
export interface LogTry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly failures: number;
}

/** One try a key. */
export interface LogTryTable {
  tryOf(keyId: string): LogTry | undefined;
  /** When a log was last asked for at an origin; 0 where none was. */
  lastTryAt(origin: string): number;
  saveTry(keyId: string, { at, failures }: LogTry): void;
  /** From when on a log is taken in, epoch milliseconds; 0 where nothing was erased. */
  takenSince(keyId: string): number;
  /** Lets nothing be taken in that was spent before a moment. */
  takeOnlySince(keyId: string, since: number): void;
}
