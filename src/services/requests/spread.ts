import type { CallLimit } from '../../core/quota/share.ts';

/**
 * How polls are spread over the window of a limiter that has too few calls for its keys. Calls that go out together
 * leave the window together, and until then nobody learns anything, nor is there room for what cannot wait.
 */
export interface Spread {
  /** The distance that calls keep from each other. */
  readonly paceMs: number;
  /** With fewer calls than this in the window, the next may be sent at once: polling has just begun. */
  readonly atOnce: number;
}

/**
 * The part of the calls that may be sent at once: small, so that the keys asked first are due again soon after their
 * interval.
 */
const AT_ONCE = 0.3;

/** @param planned calls within the window that others have been promised. */
export function spreadOf({ calls, windowMs }: CallLimit, planned: number): Spread {
  return { paceMs: windowMs / (calls - planned), atOnce: Math.floor(calls * AT_ONCE) };
}

/**
 * When the next of these calls may be sent.
 *
 * @param sent calls in the window, ascending.
 * @param lastPaced when the last call that kept the distance was sent.
 */
export function nextSpreadAt(
  { paceMs, atOnce }: Spread,
  { windowMs }: CallLimit,
  sent: readonly number[],
  lastPaced: number | undefined,
): number {
  if (lastPaced === undefined || sent.length < atOnce) return 0;
  // As soon as the distance is kept, or fewer than `atOnce` calls are left in the window.
  const blocking = atOnce > 0 ? sent.at(-atOnce) : undefined;
  return Math.min(
    Math.ceil(lastPaced + paceMs),
    blocking === undefined ? Number.POSITIVE_INFINITY : blocking + windowMs,
  );
}

/**
 * When a call may be sent so that another one finds room as soon as the distance is kept again. That other call is for
 * a key in use, a pinned one, or what a person asks.
 *
 * @param sent calls in the window, ascending.
 */
export function leavesOneAt(
  { paceMs }: Spread,
  { calls, windowMs }: CallLimit,
  sent: readonly number[],
): number {
  const blocking = sent.at(1 - calls);
  return blocking === undefined ? 0 : Math.ceil(blocking + windowMs - paceMs);
}
