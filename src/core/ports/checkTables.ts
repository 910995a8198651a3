import type { Failure } from '../quota/failure.ts';
import type { KeyMemory } from '../quota/keyMemory.ts';
import type { Forecast } from '../quota/keyState.ts';
import type { Reading } from '../quota/reading.ts';

/** The latest that is known about one key, and when it is due again. Times in epoch milliseconds. */
export interface CheckState {
  readonly keyId: string;
  /** The last good reading, kept through failures. */
  readonly reading?: Reading;
  /** Why the last check brought none; absent after a good one. */
  readonly failure?: Failure;
  readonly forecast?: Forecast;
  /** Kept through failures as well; a check that brings none leaves it as it is. */
  readonly memory?: KeyMemory;
  readonly checkedAt?: number;
  /** Since when the figures of the readings have been as they are; absent where that is not known. */
  readonly unchangedSince?: number;
  /** Failed checks in a row. */
  readonly failures: number;
  /** The id of the account whose list brought the last reading; absent where the key was asked itself. */
  readonly readFrom?: string;
  /** Absent while checks are paused. */
  readonly dueAt?: number;
}

/** One row a key. */
export interface StateTable {
  allStates(): CheckState[];
  stateOf(keyId: string): CheckState | undefined;
  saveState(state: CheckState): void;
  setDue(keyId: string, dueAt: number): void;
  /** Makes the keys that are read from an account or a server due, to be asked themselves; served ones cannot be. */
  askThemselves(accountId: string, dueAt: number): void;
}

/**
 * Claims: which window may check which key now. A claim ends by itself, so a window that crashes leaves
 * nothing behind.
 */
export interface ClaimTable {
  /** Whether the key is claimed now. A claim that ends later than any can was made before the clock went back. */
  isLive(keyId: string, now: number, longestMs: number): boolean;
  saveClaim(keyId: string, token: string, endsAt: number): void;
  /** Whether the claim is still that of `token`: not ended, not taken over. */
  isHeldBy(keyId: string, token: string, now: number): boolean;
  /** Prolongs a claim; false when it is no longer that of `token`. */
  prolongClaim(keyId: string, token: string, now: number, endsAt: number): boolean;
  releaseClaim(keyId: string, token: string): void;
  /** Ends any claim of the key, so that the answer to it is dropped. */
  endClaim(keyId: string): void;
}
