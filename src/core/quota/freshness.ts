import { isPast } from '../nextChange.ts';
import { MINUTE_MS } from '../time.ts';

/** A figure this young speaks for the present, however often its key is asked. */
export const FRESH_MS = 15 * MINUTE_MS;
/** Intervals between two checks after which one is missing. */
const INTERVALS = 2.5;

/**
 * The age, in milliseconds, up to which what was heard of a key speaks for the present: beyond it two checks were
 * missed. `intervalMs` is how often the key is asked at present.
 */
export function staleAfter(intervalMs: number): number {
  return Math.max(FRESH_MS, missedAfter(intervalMs));
}

/** The time after a check, in whole milliseconds, in which two more were to come. */
export function missedAfter(intervalMs: number): number {
  return Math.round(intervalMs * INTERVALS);
}

/** Whether what was heard at a moment is too old to speak for `now`. Epoch milliseconds. */
export function isStale(heardAt: number, staleAfterMs: number, now: number): boolean {
  return isPast(staleAt(heardAt, staleAfterMs), now);
}

/** From when on what was heard at a moment no longer speaks for the present. Epoch milliseconds. */
export function staleAt(heardAt: number, staleAfterMs: number): number {
  return heardAt + staleAfterMs + 1;
}
