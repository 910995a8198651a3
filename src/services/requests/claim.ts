import { randomUUID } from 'node:crypto';
import type { Store } from '../../core/ports/store.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { type Gateway, readLimiterOf } from '../../gateways/gateway.ts';
import { type ReserveOptions, reserveCall } from './requestBudget.ts';

/** The right of this window to ask about one key now. */
export interface Claim {
  readonly key: KeyRecord;
  readonly gateway: Gateway;
  readonly token: string;
  readonly endsAt: number;
  /** The limiter of the call that was booked with it. */
  readonly booked: string;
  /** The last good reading of the key. */
  readonly before?: Reading;
  readonly beyondBudget?: boolean;
}

/** Thrown in place of a request when another window has taken over. */
export class ClaimEnded extends Error {}

/** `taken`: another window is at it, or was. `held`: the request budget has no room before `nextFreeAt`. */
export type ClaimResult =
  | { readonly claim: Claim }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

export interface ClaimOptions extends ReserveOptions {
  /** Longer than the longest check, so that no claim ends while its answer is on the way. */
  readonly lastsMs: number;
  /** Asked for by a person: does not wait for the key to be due, nor mind that checks are paused. */
  readonly manual?: boolean;
}

/** Longer than any claim can last, whatever the timeout is set to. */
const LONGEST_CLAIM_MS = 10 * 60_000;

/**
 * Claims a due key and books its first call, in one transaction: of all windows that try, one gets it, and
 * no call is sent that was not counted.
 */
export function claimKey(
  store: Store,
  key: KeyRecord,
  gateway: Gateway,
  now: number,
  options: ClaimOptions,
): ClaimResult {
  return store.transaction((): ClaimResult => {
    const state = store.states.of(key.id);
    const name = readLimiterOf(gateway, key.credential, state?.reading);
    const limiter = gateway.limiters[name];
    if (!limiter) throw new Error(`No limiter ${name}`);
    // Without a state the key was removed in another window a moment ago.
    if (!state || store.claims.isLive(key.id, now, LONGEST_CLAIM_MS)) return { refused: 'taken' };
    if (!options.manual && !isDue(state, now)) return { refused: 'taken' };
    const free = reserveCall(store.requests, key.origin, name, limiter, now, options);
    if (free !== undefined) return { refused: 'held', freeAt: free };
    const token = randomUUID();
    const endsAt = now + options.lastsMs;
    store.claims.claim(key.id, token, endsAt);
    const { reading: before } = state;
    return {
      claim: { key, gateway, token, endsAt, booked: name, before, beyondBudget: options.beyondBudget },
    };
  });
}

/** A check later than now was made before the clock was put back; what it planned means nothing any more. */
export function isFromTheFuture({ checkedAt }: CheckState, now: number): boolean {
  return checkedAt !== undefined && checkedAt > now + CLOCK_SLACK_MS;
}

const CLOCK_SLACK_MS = 60_000;

function isDue(state: CheckState, now: number): boolean {
  return state.dueAt !== undefined && (state.dueAt <= now || isFromTheFuture(state, now));
}
