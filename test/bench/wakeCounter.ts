import type { Clock } from '../../src/core/ports/clock.ts';
import { systemClock } from '../../src/services/systemClock.ts';

/** A process that was at work so short a time ago is still awake: its next timer does not wake it. */
const AWAKE_MS = 500;

/** The system's clock; counts how often its timers woke the process. */
export class WakeCounter implements Clock {
  wakes = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  readonly now = systemClock.now;

  readonly after = (ms: number, work: () => void): (() => void) =>
    systemClock.after(ms, () => {
      const now = performance.now();
      if (now - this.#lastAt > AWAKE_MS) this.wakes++;
      this.#lastAt = now;
      work();
    });
}
