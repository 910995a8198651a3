import { DAY_MS, MINUTE_MS } from '../time.ts';

/** A limit of calls within a window of time. */
export interface CallLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/**
 * What is known of one limiter of one origin: how much of the calls we allow ourselves is ours, because others may
 * ask from the same address. Times in epoch milliseconds.
 */
export interface Share {
  /** A part of `calls`, above 0 and at most 1. */
  readonly share: number;
  /** When it changed last, or was looked at without a reason to change it. */
  readonly changedAt: number;
  /** The last refusal that only others can have caused; absent once we had as much again without one. */
  readonly refusal?: {
    readonly at: number;
    /** What part of `calls` we made then. */
    readonly taken: number;
  };
}

/**
 * The smallest share of few calls: one call in this many windows, which is one in 160 minutes of New API's scarce
 * limiter.
 */
const LONGEST_STRETCH = 8;
/** From so many calls on it is some calls in each window: few compared with the hundreds that the limiter allows. */
const AMPLE_CALLS = 30;
const LEAST_OF_AMPLE = 3;

/**
 * Before any refusal a share is doubled soon after it was used up: one machine alone has the whole within half an hour.
 */
const INCREASE_AT_FIRST = 2;
const GROWTH_AT_FIRST_MS = 5 * MINUTE_MS;
/**
 * After a refusal it is a hundredth, so that a full address is tried out once in days and not every hour; of an ample
 * limiter some calls, since there a refusal is a trouble that passes.
 */
const INCREASE = 1.01;
const GROWTH_MS = 20 * MINUTE_MS;
/**
 * After a refusal few calls are a quarter of what we took then at most, and all of that only after two weeks: machines learn
 * one after the other, and nights without anybody else say nothing of the days.
 */
const KEPT_SMALL = 1 / 4;
const KEPT_SMALL_MS = 14 * DAY_MS;
/** A refusal is outdated once this many times the calls that we made then are let through. */
const OUTDATED_AT = 2;

/** Whether a limiter has so many calls that one more or less does not matter. */
export function isAmple({ calls }: CallLimit): boolean {
  return calls >= AMPLE_CALLS;
}

/** The calls that are ours: whole ones, and where that would be none, one in a longer window. */
export function limitByShare({ calls, windowMs }: CallLimit, share: number): CallLimit {
  const ours = calls * share;
  return ours >= 1
    ? { calls: Math.floor(ours), windowMs }
    : { calls: 1, windowMs: Math.ceil(windowMs / ours) };
}

/** The smallest share that refusals lead to. */
export function leastShare({ calls }: CallLimit): number {
  return (calls < AMPLE_CALLS ? 1 / LONGEST_STRETCH : LEAST_OF_AMPLE) / calls;
}

/** The least time between two changes upwards: after a refusal a window of our own, and never less than 20 minutes. */
function growthIntervalMs({ share, refusal }: Share, limit: CallLimit): number {
  return refusal ? Math.max(GROWTH_MS, limitByShare(limit, share).windowMs) : GROWTH_AT_FIRST_MS;
}

/**
 * The share after a time without a refusal. It grows only where we used it: calls that were not made prove nothing.
 *
 * @param sent our calls since `share.changedAt`.
 */
export function shareAfterCleanTime(share: Share, limit: CallLimit, sent: number, now: number): Share {
  // After the clock was put back, time is counted from now.
  if (share.changedAt > now) return { ...share, changedAt: now };
  const elapsedMs = now - share.changedAt;
  if (share.share >= 1 || elapsedMs < growthIntervalMs(share, limit)) return share;
  const ours = limitByShare(limit, share.share);
  const possible = (ours.calls * elapsedMs) / ours.windowMs;
  return sent >= 1 && sent >= possible / 2 ? grown(share, limit, now) : { ...share, changedAt: now };
}

function grown({ share, refusal }: Share, limit: CallLimit, now: number): Share {
  const afterRefusal = isAmple(limit) ? share + LEAST_OF_AMPLE / limit.calls : share * INCREASE;
  const next = refusal
    ? Math.min(afterRefusal, Math.max(share, mostAfter(refusal, limit, now)))
    : Math.min(1, share * INCREASE_AT_FIRST);
  const isOutdated = refusal === undefined || next >= Math.min(1, refusal.taken * OUTDATED_AT);
  return { share: Math.min(1, next), changedAt: now, ...(!isOutdated && { refusal }) };
}

/** The most that a share may be, by how long ago the refusal was. */
function mostAfter({ at, taken }: NonNullable<Share['refusal']>, limit: CallLimit, now: number): number {
  // A clock that was put back by years must not keep it small for years.
  const part = Math.abs(now - at) / KEPT_SMALL_MS;
  return isAmple(limit) || part >= 1 ? 1 : taken * Math.max(KEPT_SMALL, part);
}
