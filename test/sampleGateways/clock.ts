/** Tells the time in epoch milliseconds; tests inject one they move by hand. */
export type Clock = () => number;

/** The real time. */
export const realClock: Clock = () => Date.now();

/** A clock that stands still until it is told otherwise. */
export interface ManualClock {
  readonly now: Clock;
  advance(ms: number): void;
}

/** Makes a clock for tests, by default standing at a moment that is easy to read in failures. */
export function manualClock(start = Date.UTC(2026, 5, 15, 12, 0, 0)): ManualClock {
  let at = start;
  return {
    now: () => at,
    advance: ms => {
      at += ms;
    },
  };
}

/** Epoch seconds, the unit in which most gateways speak. */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
