import type { PollPace } from '../../core/quota/pollPace.ts';
import { type Consumer, shareOut } from '../../core/quota/shareOut.ts';
import type { Limiter } from '../../gateways/limiter.ts';

/**
 * A pinned key's share of the calls where a limiter has too few for all, against 1 for others: of thirty keys on
 * New API it is checked every seven minutes, the others every eighty.
 */
const PINNED_WEIGHT = 12;
/** The same for the others, by their pace: those in use, and those that have stood still for days. */
const WEIGHTS: Readonly<Record<PollPace, number>> = { close: 4, usual: 1, seldom: 0.25 };
/** How many times longer than the user's interval the checks of a key may be apart. */
const STRETCH: Readonly<Record<PollPace, number>> = { close: 1, usual: 1.8, seldom: 4 };

/** What the interval of a key is planned from. */
export interface PlannedKey {
  readonly id: string;
  readonly baseUrl: string;
  /** The limiter of the base URL that its checks count against. */
  readonly limiterName: string;
  /** Whether it is not polled at present, so that it counts against no limiter. */
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
  for (const sharing of Map.groupBy(keys, limiterIdOf).values()) {
    const active = sharing.filter(({ paused }) => !paused);
    for (const [id, ms] of shareCalls(active)) intervals.set(id, ms);
    // Memoized: a paused key's interval depends on nothing but its own wish, and many are paused together.
    const pausedIntervals = new Map<string, number>();
    for (const one of sharing.filter(({ paused }) => paused)) {
      const wanted = `${one.pinned} ${one.pace} ${one.wantedMs}`;
      const ms = pausedIntervals.get(wanted) ?? shareCalls([...active, one]).get(one.id) ?? one.wantedMs;
      pausedIntervals.set(wanted, ms);
      intervals.set(one.id, ms);
    }
  }
  return intervals;
}

/** The saturated limiters, by `limiterIdOf`: the polls of their keys leave at most one call in a window. */
export function saturatedLimiters(
  keys: readonly PlannedKey[],
  intervals: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const taken = new Map<string, number>();
  const saturated = new Set<string>();
  for (const key of keys) {
    if (key.paused) continue;
    const limiterId = limiterIdOf(key);
    const { calls, windowMs } = key.limiter;
    const sum = (taken.get(limiterId) ?? 0) + windowMs / (intervals.get(key.id) ?? key.wantedMs);
    taken.set(limiterId, sum);
    if (sum > calls - 1) saturated.add(limiterId);
  }
  return saturated;
}

/** Names a limiter among those of all base URLs. */
export function limiterIdOf({ baseUrl, limiterName }: Pick<PlannedKey, 'baseUrl' | 'limiterName'>): string {
  return `${baseUrl} ${limiterName}`;
}

/**
 * Shares the calls of one limiter: first to pinned keys, then to the others by their pace. What some keys do not need
 * goes to the others.
 */
function shareCalls(keys: readonly PlannedKey[]): Map<string, number> {
  const calls = keys[0]?.limiter.calls ?? 0;
  const intervals = new Map<string, number>();
  const pinned = keys.filter(key => key.pinned);
  const others = keys.filter(key => !key.pinned);
  const equal = shareOut(
    [...pinned.map(key => consumerOf(key, PINNED_WEIGHT)), ...others.map(key => consumerOf(key, 1))],
    calls,
  );
  const equalParts = equal.slice(pinned.length);
  const parts = shareOut(
    others.map((key, index) => {
      // Keys in use take from those that stand still for days, and from no others.
      const least = key.pace === 'usual' ? (equalParts[index] ?? 0) : 0;
      return { ...consumerOf(key, WEIGHTS[key.pace]), least };
    }),
    equalParts.reduce((sum, part) => sum + part, 0),
  );
  for (const [index, part] of [...equal.slice(0, pinned.length), ...parts].entries()) {
    const key = [...pinned, ...others][index];
    if (key) intervals.set(key.id, intervalOf(key, part));
  }
  return intervals;
}

function consumerOf(key: PlannedKey, weight: number): Consumer {
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
