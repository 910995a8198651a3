import { MINUTE_MS } from '../time.ts';

/**
 * Moments later than this from now are in the future; below it clocks of one machine may differ, or be
 * corrected.
 */
export const CLOCK_SLACK_MS = MINUTE_MS;

/** The clock and timers; tests have their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `work` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, work: () => void): () => void;
}
