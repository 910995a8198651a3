import type { LogTurn } from '../../core/ledger/fillPlan.ts';
import { CLOCK_SLACK_MS } from '../../core/ports/clock.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { SpendLog } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import type { LearnParts } from '../requests/learnShare.ts';
import { type OwnReserveOptions, type ReserveOptions, reserveOwnCall } from '../requests/requestBudget.ts';
import { logTurnOf } from './logTurn.ts';

/**
 * A log that can wait is read only while fewer calls than this to a scarce limiter, for whatever purpose, count in its
 * window.
 */
const AT_MOST = 2;
/** The same for a log that would lose rows. */
const AT_MOST_BEFORE_LOSS = 3;
/** The same for a key that a person has just added, and waits to see. */
const AT_MOST_WHILE_NEW = 4;
const NEW_MS = 20 * MINUTE_MS;

export interface LogClaimOptions {
  /** How much room a poll of the key leaves to others; undefined where polls count against another limiter. */
  readonly pollOptions?: ReserveOptions;
}

/**
 * `taken`: not due, by what the database says. `held`: there is no room before `freeAt`. `readAt` is when the log was read
 * last, unless a try failed since.
 */
export type LogClaim =
  | { readonly claimed: true; readonly readAt?: number }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

/**
 * Claims the reading of a key's log and reserves its first call, in one transaction: of all windows that try, one gets
 * it. The try counts as one that failed until something was taken in, so a window that dies leaves nothing to end.
 */
export function claimLog(
  parts: LearnParts,
  { id }: Pick<KeyRecord, 'id'>,
  gateway: Gateway,
  log: SpendLog,
  now: number,
  options: LogClaimOptions = {},
): LogClaim {
  const { store } = parts;
  return store.transaction((): LogClaim => {
    const key = store.keys.findKey(id);
    const limiter = gateway.limiters[log.limiter];
    if (!key || !limiter || key.pausedAt !== undefined) return { refused: 'taken' };
    const turn = logTurnOf(store, id, log, store.states.stateOf(id) ?? {}, now);
    if (!turn || turn.dueAt > now) return { refused: 'taken' };
    const nextAtSite = nextTurnOf(store.logTries.lastTryAt(key.baseUrl), limiter, now, options);
    if (nextAtSite > now && !turn.losesRows) return { refused: 'held', freeAt: nextAtSite };
    const waiting = store.waiting.countWaiting(key.baseUrl, log.limiter, now);
    const people = Array.from({ length: waiting }, () => now);
    const room = roomFor(turn, key, log, now, options);
    const freeAt = reserveOwnCall(parts, key.baseUrl, log.limiter, limiter, now, {
      ...room,
      leavesRoomFor: [...people, ...(room.leavesRoomFor ?? [])],
    });
    if (freeAt !== undefined) return { refused: 'held', freeAt };
    const last = store.logTries.tryOf(id);
    store.logTries.saveTry(id, { at: now, failures: (last?.failures ?? 0) + 1 });
    return last?.failures === 0 && last.at <= now ? { claimed: true, readAt: last.at } : { claimed: true };
  });
}

/**
 * Where polls saturate a limiter, two logs are read at least so many of its windows apart: each log delays all polls,
 * and a round of thirty keys, which takes up to 92 minutes, has one at most.
 */
const SATURATED_WINDOWS = 6;

/** When a log may be read next. Logs of a site that can wait are read one after the other, not in a burst. */
function nextTurnOf(
  lastTryAt: number,
  { windowMs }: Limiter,
  now: number,
  { pollOptions }: LogClaimOptions,
): number {
  const isSaturated = pollOptions?.spread !== undefined;
  return lastTryAt > now + CLOCK_SLACK_MS
    ? 0
    : lastTryAt + windowMs * (isSaturated ? SATURATED_WINDOWS : 1 / 2);
}

/** How much room is left to others: always some to people, and to polls as polls leave it to each other. */
function roomFor(
  { losesRows }: LogTurn,
  { createdAt }: KeyRecord,
  { keepsAll }: SpendLog,
  now: number,
  { pollOptions }: LogClaimOptions,
): OwnReserveOptions {
  if (keepsAll) return { sparing: true };
  // It may take the call that polls keep free for what cannot wait.
  if (pollOptions)
    return losesRows ? { leavesRoomFor: pollOptions.leavesRoomFor } : { ...pollOptions, leavesOne: false };
  if (losesRows) return { atMost: AT_MOST_BEFORE_LOSS, cannotWait: true };
  const isNew = createdAt > now - NEW_MS;
  return { atMost: isNew ? AT_MOST_WHILE_NEW : AT_MOST, attended: isNew };
}
