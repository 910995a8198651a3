import type { RequestLog, WaitingCall, WaitingTable } from '../../core/ports/requestTables.ts';
import { type CallLimit, limitByShare } from '../../core/quota/share.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { type LearnParts, learnFromCleanTime } from './learnShare.ts';
import { nextFreeAt, roomBehind } from './nextFreeAt.ts';
import { ownLimiter } from './ownLimiter.ts';
import { leavesOneAt, nextSpreadAt, type Spread } from './spread.ts';

/** Calls that will have to be made, at one moment each, ascending. */
type PlannedCalls = readonly number[];

/** How a call is reserved: how much room it leaves to others. */
export interface ReserveOptions {
  /** Takes from the half of the gateway's limiter that is the user's own: only after an explicit yes. */
  readonly beyondBudget?: boolean;
  /** Begins only while half of what is ours is left: for agents, who ask as often as they like. */
  readonly sparing?: boolean;
  /** See `GatewayRequest.atMost`. */
  readonly atMost?: number;
  /** Calls of more important keys, for which this one leaves room. */
  readonly leavesRoomFor?: PlannedCalls;
  /** Keeps a distance from the last call that kept one. */
  readonly spread?: Spread;
  /** Together with `spread`: leaves one call to what cannot wait. */
  readonly leavesOne?: boolean;
}

/** The same for a call to a limiter of which only a share is ours. */
export interface OwnReserveOptions extends ReserveOptions {
  /** See `OwnLimiterOptions.attended`. */
  readonly attended?: boolean;
  /** What it asks for is lost if it waits; it leaves room only by `atMost`. */
  readonly cannotWait?: boolean;
  /**
   * The request has sent a call already: it may be finished although our share has no room, which later calls make up
   * for.
   */
  readonly begun?: boolean;
  /** Whose call it is: a person's waits where there is no room, and polls leave room for it. */
  readonly waits?: Waits;
}

/** A call that may have to wait, or that others wait before. */
export interface Waits {
  readonly keyId: string;
  readonly purpose: WaitingCall['purpose'];
  /** How long a person's call waits once there may be room, in milliseconds; absent for polls, which do not wait. */
  readonly maxWaitMs?: number;
  /** Sent although people's calls wait, as for a pinned key. */
  readonly goesFirst?: boolean;
}

/** How many calls a request that has begun may take until it is finished, where our share is less. */
const FINISHING_CALLS = 10;

/**
 * Reserves a call against the part of the gateway's limiter that is ours, after learning what that is. Returns as
 * `reserveCall` does. Called inside a transaction.
 */
export function reserveOwnCall(
  parts: LearnParts,
  baseUrl: string,
  name: string,
  limiter: Limiter,
  now: number,
  { attended, begun, cannotWait, waits, ...options }: OwnReserveOptions = {},
): number | undefined {
  const { requests, waiting } = parts.store;
  requests.dropFuture(now);
  learnFromCleanTime(parts, baseUrl, name, limiter, now);
  const own = ownLimiter(parts, baseUrl, name, limiter, now, { attended });
  const call = waits && { baseUrl, limiter: name, keyId: waits.keyId, purpose: waits.purpose };
  const limit = limitFor(limiter, own, { attended, begun, cannotWait, ...options });
  const ahead = waits ? callsAhead(waiting, baseUrl, name, waits, now) : 0;
  const freeAt =
    (ahead > 0 ? roomBehind(requests, baseUrl, name, limit, ahead, now) : undefined) ??
    reserveCall(requests, baseUrl, name, limit, now, {
      ...options,
      leavesRoomFor: [...Array.from({ length: ahead }, () => now), ...(options.leavesRoomFor ?? [])],
    });
  if (!call) return freeAt;
  // A waiting check may use another limiter now, and then waits nowhere.
  if (freeAt === undefined && waits.purpose === 'check') waiting.stopWaiting(waits.keyId, 'check');
  else if (freeAt === undefined) waiting.removeWaiting(call);
  else if (waits.maxWaitMs !== undefined) waiting.saveWaiting(call, now, freeAt + waits.maxWaitMs);
  return freeAt;
}

/** How many people's calls a poll leaves room for. A key whose own check waits has its turn among them. */
function callsAhead(
  waiting: WaitingTable,
  baseUrl: string,
  name: string,
  { keyId, maxWaitMs, goesFirst }: Waits,
  now: number,
): number {
  if (maxWaitMs !== undefined || goesFirst) return 0;
  const count = waiting.countWaiting(baseUrl, name, now);
  return count > 0 && waiting.isCheckWaiting(keyId, now) ? 0 : count;
}

/**
 * The part of our share that calls which can wait may take while others ask from the same address: forty machines
 * together take no more of it than one machine alone.
 */
const PART_OF_WHAT_CAN_WAIT = 1 / 16;

function limitFor(
  limiter: CallLimit,
  own: CallLimit,
  { attended, begun, atMost, cannotWait }: OwnReserveOptions,
): CallLimit {
  if (begun) return finishing(limiter, own);
  const canWait = atMost !== undefined && !attended && !cannotWait && own.calls < limiter.calls;
  return canWait ? limitByShare(own, PART_OF_WHAT_CAN_WAIT) : own;
}

function finishing(limiter: CallLimit, own: CallLimit): CallLimit {
  const { calls, windowMs } = limiter;
  return { calls: Math.max(own.calls, Math.min(calls, FINISHING_CALLS)), windowMs };
}

/**
 * Writes a call down before it is sent. Returns undefined, or the moment from which it may be sent, when it
 * may not be now. Called inside a transaction.
 */
export function reserveCall(
  log: RequestLog,
  baseUrl: string,
  name: string,
  limiter: CallLimit,
  now: number,
  { beyondBudget, sparing, atMost, leavesRoomFor = [], spread, leavesOne }: ReserveOptions = {},
): number | undefined {
  log.dropFuture(now);
  if (!beyondBudget || atMost !== undefined) {
    const part = sparing ? halfTheLimit(limiter) : limiter;
    const freeAt = nextFreeAt(log, baseUrl, name, partOf(part, atMost), now);
    if (freeAt > now) return freeAt;
    const since = now - limiter.windowMs;
    const sent = spread || leavesRoomFor.length > 0 ? log.sentSince(baseUrl, name, since) : [];
    if (spread) {
      const turn = nextSpreadAt(spread, limiter, sent, log.lastPaced(baseUrl, name, since));
      const freeOne = leavesOne ? leavesOneAt(spread, limiter, sent) : 0;
      if (Math.max(turn, freeOne) > now) return Math.max(turn, freeOne);
    }
    if (!hasRoomBeside(sent, leavesRoomFor, limiter, now))
      return nextChange(sent, leavesRoomFor, limiter, now);
  }
  log.addCall(baseUrl, name, now, spread !== undefined);
  return undefined;
}

function halfTheLimit(limiter: CallLimit): CallLimit {
  return { ...limiter, calls: Math.ceil(limiter.calls / 2) };
}

function partOf(limit: CallLimit, atMost = limit.calls): CallLimit {
  return { ...limit, calls: Math.min(atMost, limit.calls) };
}

/** Whether every planned call still finds room when another one is sent now. */
function hasRoomBeside(
  sent: readonly number[],
  planned: PlannedCalls,
  { calls, windowMs }: CallLimit,
  now: number,
): boolean {
  return planned
    .filter(at => at < now + windowMs)
    .every((at, before) => sent.filter(time => time > at - windowMs).length + 1 + before < calls);
}

/** When to try again: once a call leaves the window, or a planned one has been made. */
function nextChange(
  [oldest]: readonly number[],
  [next]: PlannedCalls,
  { windowMs }: CallLimit,
  now: number,
): number {
  const changes = [oldest === undefined ? undefined : oldest + windowMs, next].filter(
    at => at !== undefined && at > now,
  );
  return Math.min(now + windowMs, ...(changes as number[]));
}
