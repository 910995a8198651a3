import { CONFIRM_MS, type Failure, isLasting } from '../../core/quota/failure.ts';
import type { Limiter } from '../../gateways/gateway.ts';

const MAX_BACKOFF = 16;
const JITTER = 0.1;
const MAX_JITTER_MS = 30_000;
/** Between two looks at a key that is refused. */
const MIN_LASTING_MS = 4 * 3_600_000;
const MAX_LASTING_MS = 24 * 3_600_000;
const SOONEST_MS = 60_000;
/** A figure this old is doubtful even if it is asked for seldom. */
const MIN_STALE_MS = 15 * 60_000;

/**
 * How much of a crowded gateway's calls a pinned key gets, against 1 for an ordinary one: with thirty keys
 * on New API it is asked every seven minutes, and each of the others every eighty.
 */
const PINNED_WEIGHT = 12;

export interface PlannedKey {
  readonly id: string;
  readonly origin: string;
  /** Which of the origin's limiters its checks count against; keys of different ones do not crowd. */
  readonly limiterName: string;
  /** Not asked at present, so it takes nobody's place. */
  readonly paused: boolean;
  readonly pinned: boolean;
  readonly limiter: Limiter;
  /** What the user wants between two checks. */
  readonly wantedMs: number;
}

/**
 * How long to wait between two checks of each key: what the user wants, or longer, so that all keys of an
 * origin together stay within its request budget.
 */
export function pollIntervals(contenders: readonly PlannedKey[]): Map<string, number> {
  const intervals = new Map<string, number>();
  for (const crowd of Map.groupBy(contenders, crowdOf).values()) {
    const asked = crowd.filter(({ paused }) => !paused);
    for (const [id, ms] of shared(asked)) intervals.set(id, ms);
    // What a resting key would get depends on what it wants alone, and many rest together.
    const resting = new Map<string, number>();
    for (const one of crowd.filter(({ paused }) => paused)) {
      const wish = `${one.pinned} ${one.wantedMs}`;
      const ms = resting.get(wish) ?? shared([...asked, one]).get(one.id) ?? one.wantedMs;
      resting.set(wish, ms);
      intervals.set(one.id, ms);
    }
  }
  return intervals;
}

function crowdOf({ origin, limiterName }: PlannedKey): string {
  return `${origin} ${limiterName}`;
}

/** Deals the calls of one limiter out by weight. What some do not want goes to the others. */
function shared(crowd: readonly PlannedKey[]): Map<string, number> {
  const intervals = new Map<string, number>();
  let left = crowd;
  let calls = crowd[0]?.limiter.calls ?? 0;
  for (;;) {
    const perWeight = calls / left.reduce((sum, one) => sum + weightOf(one), 0);
    const isContent = (one: PlannedKey) => one.limiter.windowMs / one.wantedMs <= perWeight * weightOf(one);
    const content = left.filter(isContent);
    for (const { id, wantedMs, limiter } of content) {
      intervals.set(id, wantedMs);
      calls -= limiter.windowMs / wantedMs;
    }
    left = left.filter(one => !intervals.has(one.id));
    if (content.length > 0 && left.length > 0) continue;
    for (const one of left)
      intervals.set(one.id, Math.ceil(one.limiter.windowMs / (perWeight * weightOf(one))));
    return intervals;
  }
}

function weightOf({ pinned }: PlannedKey): number {
  return pinned ? PINNED_WEIGHT : 1;
}

export interface CheckResult {
  readonly failure?: Failure;
  /** Failed checks in a row, this one included. */
  readonly failures: number;
  readonly intervalMs: number;
  readonly now: number;
  /** When the gateway or our budget allows the next call, where that is known to be later. */
  readonly heldUntil?: number;
  /** 0 to 1, to spread checks that would fall together. */
  readonly chance: number;
}

/** When a key is due again. */
export function nextDueAt({
  failure,
  failures,
  intervalMs,
  now,
  heldUntil = now,
  chance,
}: CheckResult): number {
  const since = failure?.since ?? now;
  // As soon as it would count when it is said again.
  if (failure?.doubted) return Math.max(now + SOONEST_MS, since + CONFIRM_MS);
  if (failure && isLasting(failure)) {
    // After as long again as it has lasted: in 4, 8, 16 hours, and then once a day.
    const waitMs = Math.min(MAX_LASTING_MS, Math.max(MIN_LASTING_MS, now - since));
    return now + waitMs + later(waitMs, chance);
  }
  // Our own budget is no refusal: the key only waits for its turn.
  if (failure?.reason === 'own-budget' && heldUntil > now) return heldUntil + later(intervalMs, chance);
  const backoff = failure ? Math.min(MAX_BACKOFF, 2 ** Math.max(0, failures - 1)) : 1;
  const waitMs = intervalMs * backoff;
  // A gateway that asks for a second's pause again and again is not to be asked every second.
  if (heldUntil > now + waitMs) return heldUntil + later(intervalMs, chance);
  return now + Math.round(waitMs + (2 * chance - 1) * jitterOf(waitMs));
}

function later(waitMs: number, chance: number): number {
  return Math.round(chance * jitterOf(waitMs));
}

/** A tenth, but a key that is asked seldom need not wait much longer for the sake of spreading. */
function jitterOf(waitMs: number): number {
  return Math.min(JITTER * waitMs, MAX_JITTER_MS);
}

/** From what age on a reading no longer speaks for the present: two checks were missed. */
export function staleAfter(intervalMs: number): number {
  return Math.max(MIN_STALE_MS, intervalMs * 2.5);
}
