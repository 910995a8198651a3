import { randomUUID } from 'node:crypto';
import type { CheckState } from '../../core/ports/checkTables.ts';
import { CLOCK_SLACK_MS } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyMemory } from '../../core/quota/keyMemory.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { readLimiterOf } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { knownOfSite } from './knownSites.ts';
import type { LearnParts } from './learnShare.ts';
import { type ReserveOptions, reserveOwnCall } from './requestBudget.ts';

/** The right of this window to ask about one key now. */
export interface Claim {
  readonly key: KeyRecord;
  readonly gateway: Gateway;
  readonly token: string;
  readonly endsAt: number;
  /** The limiter of the call that was reserved with it. */
  readonly reservedLimiter: string;
  /** The last good reading of the key. */
  readonly before?: Reading;
  /** What was remembered of the key. */
  readonly memory?: KeyMemory;
  /** Whether a person asked. */
  readonly isManual?: boolean;
  readonly beyondBudget?: boolean;
}

/** Thrown in place of a request when another window has taken over. */
export class ClaimEndedError extends Error {}

/** `taken`: another window checks the key, just did, or has paused it. `held`: the request budget has no room before `freeAt`. */
export type ClaimResult =
  | { readonly claim: Claim }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

/** How a claim is made. */
export interface ClaimOptions extends ReserveOptions {
  /** Longer than the longest check, so that no claim ends while its answer is on the way. */
  readonly lastsMs: number;
  /** On a person's request: also when the key is not due. */
  readonly manual?: boolean;
  /** On a person's request for this key: also while its checks are paused. */
  readonly evenIfPaused?: boolean;
}

/** How long a check that a person asked for goes before polls, once there may be room for it. */
const MAX_CHECK_WAIT_MS = HOUR_MS;

/** Longer than any claim can last, whatever the timeout is set to. */
const LONGEST_CLAIM_MS = 10 * MINUTE_MS;

/**
 * Claims a due key and reserves its first call in one transaction: of all windows that try, one gets it, and no call
 * is sent uncounted.
 */
export function claimKey(
  parts: LearnParts,
  key: KeyRecord,
  gateway: Gateway,
  now: number,
  options: ClaimOptions,
): ClaimResult {
  const { store } = parts;
  return store.transaction((): ClaimResult => {
    const state = store.states.stateOf(key.id);
    const name = readLimiterOf(gateway, key.credential, knownOfSite(store, key.baseUrl, now), state?.reading);
    const limiter = gateway.limiters[name];
    if (!limiter) throw new Error(`No limiter ${name}`);
    // Without a state the key was removed in another window a moment ago.
    if (!state || store.claims.isLive(key.id, now, LONGEST_CLAIM_MS)) return { refused: 'taken' };
    // By what the database says: another window may have paused it a moment ago.
    const isPaused = store.keys.findKey(key.id)?.pausedAt !== undefined;
    if (isPaused && !options.evenIfPaused) return { refused: 'taken' };
    if (!options.manual && !isDue(state, now)) return { refused: 'taken' };
    // Also a check that waits because a person refreshed the key, or has just added it.
    const isManual = options.manual || store.waiting.isCheckWaiting(key.id, now);
    const freeAt = reserveOwnCall(parts, key.baseUrl, name, limiter, now, {
      ...options,
      attended: isManual,
      waits: {
        keyId: key.id,
        purpose: 'check',
        // Agents may ask as often as they like, so their checks do not wait in line.
        maxWaitMs: options.manual && !options.sparing ? MAX_CHECK_WAIT_MS : undefined,
        goesFirst: key.pinned,
      },
    });
    if (freeAt !== undefined && options.manual && !options.sparing) bringCheckForward(store, state, now);
    if (freeAt !== undefined) return { refused: 'held', freeAt: freeAt };
    const token = randomUUID();
    const endsAt = now + options.lastsMs;
    store.claims.saveClaim(key.id, token, endsAt);
    const { reading: before, memory } = state;
    return {
      claim: {
        key,
        gateway,
        token,
        endsAt,
        reservedLimiter: name,
        before,
        memory,
        isManual,
        beyondBudget: options.beyondBudget,
      },
    };
  });
}

/** A check that a person asked for is due from now on, and is made as soon as there is room. */
function bringCheckForward(store: Store, { keyId, dueAt }: CheckState, now: number): void {
  if (dueAt !== undefined && dueAt > now) store.states.setDue(keyId, now);
}

/** Whether the last check is later than now: the clock was put back since, so its due time means nothing. */
export function isFromTheFuture({ checkedAt }: CheckState, now: number): boolean {
  return checkedAt !== undefined && checkedAt > now + CLOCK_SLACK_MS;
}

function isDue(state: CheckState, now: number): boolean {
  return state.dueAt !== undefined && (state.dueAt <= now || isFromTheFuture(state, now));
}
