import { CONFIRM_MS, type Failure, isLasting } from '../../core/quota/failure.ts';
import type { PollPace } from '../../core/quota/pollPace.ts';
import { shareOut, type Taker } from '../../core/quota/shareOut.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Limiter } from '../../gateways/gateway.ts';
import { freeMoment } from './freeMoment.ts';

const MAX_BACKOFF = 16;
/** Backoff alone makes no pause longer than this: a limiter of which little is ours has long intervals anyway. */
const MAX_BACKOFF_MS = 4 * HOUR_MS;
const JITTER = 0.1;
const MAX_JITTER_MS = 30 * SECOND_MS;
/** Between two checks of a key with a final failure. */
const MIN_LASTING_MS = 4 * HOUR_MS;
const MAX_LASTING_MS = DAY_MS;
const MIN_RETRY_MS = MINUTE_MS;
/** The least part of its interval after which a key is checked again that was checked together with others. */
const MIN_SPREAD = 1 / 3;

/**
 * A pinned key's share of the calls where a limiter has too few for all, against 1 for others: of thirty keys on
 * New API it is checked every seven minutes, the others every eighty.
 */
const PINNED_WEIGHT = 12;
/** The same for the others, by their pace: those in use, and those that have stood still for days. */
const WEIGHTS: Readonly<Record<PollPace, number>> = { close: 4, usual: 1, seldom: 0.25 };
/** How many times longer than the user's interval the checks of a key may be apart. */
const STRETCH: Readonly<Record<PollPace, number>> = { close: 1, usual: 1.8, seldom: 4 };

export interface PlannedKey {
  readonly id: string;
  readonly baseUrl: string;
  /** The limiter of the base URL that its checks count against. */
  readonly limiterName: string;
  /** Not polled at present, so it takes no share. */
  readonly paused: boolean;
  readonly pinned: boolean;
  readonly limiter: Limiter;
  readonly pace: PollPace;
  /** Milliseconds between two checks, as the user set it. */
  readonly wantedMs: number;
}

/**
 * Milliseconds between two checks, by key id: as the user set it, or longer, so that all keys of a limiter together
 * stay within its calls.
 */
export function pollIntervals(keys: readonly PlannedKey[]): Map<string, number> {
  const intervals = new Map<string, number>();
  for (const crowd of Map.groupBy(keys, limiterIdOf).values()) {
    const active = crowd.filter(({ paused }) => !paused);
    for (const [id, ms] of shareCalls(active)) intervals.set(id, ms);
    // Memoized: a paused key's interval depends on nothing but its own wish, and many are paused together.
    const pausedIntervals = new Map<string, number>();
    for (const one of crowd.filter(({ paused }) => paused)) {
      const wanted = `${one.pinned} ${one.pace} ${one.wantedMs}`;
      const ms = pausedIntervals.get(wanted) ?? shareCalls([...active, one]).get(one.id) ?? one.wantedMs;
      pausedIntervals.set(wanted, ms);
      intervals.set(one.id, ms);
    }
  }
  return intervals;
}

/**
 * The limiters, by `limiterIdOf`, of which the keys together take so much that a single call at most is left in a window.
 */
export function crowdedLimiters(
  keys: readonly PlannedKey[],
  intervals: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const taken = new Map<string, number>();
  const crowded = new Set<string>();
  for (const key of keys) {
    if (key.paused) continue;
    const limiterId = limiterIdOf(key);
    const { calls, windowMs } = key.limiter;
    const sum = (taken.get(limiterId) ?? 0) + windowMs / (intervals.get(key.id) ?? key.wantedMs);
    taken.set(limiterId, sum);
    if (sum > calls - 1) crowded.add(limiterId);
  }
  return crowded;
}

/** Names a limiter among those of all base URLs. */
export function limiterIdOf({ baseUrl, limiterName }: Pick<PlannedKey, 'baseUrl' | 'limiterName'>): string {
  return `${baseUrl} ${limiterName}`;
}

/**
 * Shares the calls of one limiter: first to pinned keys, then to the others by their pace. What some keys do not need
 * goes to the others.
 */
function shareCalls(crowd: readonly PlannedKey[]): Map<string, number> {
  const calls = crowd[0]?.limiter.calls ?? 0;
  const intervals = new Map<string, number>();
  const pinned = crowd.filter(key => key.pinned);
  const others = crowd.filter(key => !key.pinned);
  const equal = shareOut(
    [...pinned.map(key => takerOf(key, PINNED_WEIGHT)), ...others.map(key => takerOf(key, 1))],
    calls,
  );
  const equalParts = equal.slice(pinned.length);
  const parts = shareOut(
    others.map((key, index) => {
      // Keys in use take from those that stand still for days, and from no others.
      const least = key.pace === 'usual' ? (equalParts[index] ?? 0) : 0;
      return { ...takerOf(key, WEIGHTS[key.pace]), least };
    }),
    equalParts.reduce((sum, part) => sum + part, 0),
  );
  for (const [index, part] of [...equal.slice(0, pinned.length), ...parts].entries()) {
    const key = [...pinned, ...others][index];
    if (key) intervals.set(key.id, intervalOf(key, part));
  }
  return intervals;
}

function takerOf(key: PlannedKey, weight: number): Taker {
  return { weight, least: 0, most: key.limiter.windowMs / longestWanted(key) };
}

/** As the user set it, longer for a key that stands still. */
function longestWanted({ wantedMs, pace }: PlannedKey): number {
  return wantedMs * STRETCH[pace];
}

/** The interval for a number of calls in a window. */
function intervalOf(key: PlannedKey, calls: number): number {
  const wanted = longestWanted(key);
  return calls >= key.limiter.windowMs / wanted ? wanted : Math.ceil(key.limiter.windowMs / calls);
}

export interface CheckResult {
  readonly failure?: Failure;
  /** Failed checks in a row, this one included. */
  readonly failures: number;
  readonly intervalMs: number;
  readonly now: number;
  /** When the gateway or the request budget allows the next call, if that is later. */
  readonly heldUntil?: number;
  /** 0 to 1: where in the jitter the check falls. */
  readonly chance: number;
  /** Checked together with others that would stay together: its next check comes earlier by chance. */
  readonly spreads?: boolean;
  /** When other keys of its limiter are due, where that is to be at even distances. */
  readonly others?: readonly number[];
}

/** When a key is due again, epoch milliseconds: after its interval, with backoff after failures, and jitter. */
export function nextDueAt({
  failure,
  failures,
  intervalMs,
  now,
  heldUntil = now,
  chance,
  spreads = false,
  others = [],
}: CheckResult): number {
  const since = failure?.since ?? now;
  // As soon as a repeated refusal would confirm it.
  if (failure?.doubted) return Math.max(now + MIN_RETRY_MS, since + CONFIRM_MS);
  if (failure && isLasting(failure)) {
    // Exponential backoff: after 4, 8, 16 hours, then once a day.
    const waitMs = Math.min(MAX_LASTING_MS, Math.max(MIN_LASTING_MS, now - since));
    return now + waitMs + jitter(waitMs, chance);
  }
  if (spreads && !failure) return now + Math.round(intervalMs * (MIN_SPREAD + (1 - MIN_SPREAD) * chance));
  // Our own budget is no refusal, so there is no backoff.
  if (failure?.reason === 'own-budget' && heldUntil > now) return heldUntil + jitter(intervalMs, chance);
  const backoff = failure ? Math.min(MAX_BACKOFF, 2 ** Math.max(0, failures - 1)) : 1;
  const waitMs = Math.max(intervalMs, Math.min(MAX_BACKOFF_MS, intervalMs * backoff));
  // A gateway that asks for a pause of a second each time must not be asked every second.
  if (heldUntil > now + waitMs) return heldUntil + jitter(intervalMs, chance);
  const [dueAt, most] = [now + waitMs, jitterOf(waitMs)];
  const wanted = Math.round(dueAt + (2 * chance - 1) * most);
  if (failure) return wanted;
  return freeMoment(
    [Math.round(dueAt - most), Math.round(dueAt + most)],
    wanted,
    others,
    waitMs / (others.length + 1),
  );
}

function jitter(waitMs: number, chance: number): number {
  return Math.round(chance * jitterOf(waitMs));
}

/** A tenth of the wait, at most 30 s. */
function jitterOf(waitMs: number): number {
  return Math.min(JITTER * waitMs, MAX_JITTER_MS);
}
