import type { Clock } from '../core/ports/clock.ts';

/** The longest delay a timer can carry without firing at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The computer's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, Math.min(Math.max(0, ms), MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
