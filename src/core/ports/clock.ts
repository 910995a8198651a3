import { MINUTE_MS } from '../time.ts';

/** Clocks of one machine differ by less, and are put right by seconds all the time: later than this is the future. */
export const CLOCK_SLACK_MS = MINUTE_MS;

/** Time, as far as the monitor knows it; tests bring their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `work` after `ms`; the returned function calls it off. */
  after(ms: number, work: () => void): () => void;
}
