import type { Clock } from '../../src/core/ports/clock.ts';
import { systemClock } from '../../src/services/systemClock.ts';

/** What processes have to know to agree on the time. */
export interface FastTime {
  /** How many times as fast as the real one. */
  readonly speed: number;
  /** Both epoch milliseconds: the simulated moment, and the real one at which it is that. */
  readonly startsAt: number;
  readonly startedAt: number;
}

/** The real time in epoch milliseconds, finer than `Date.now()`: a hundredth of a second is a second here. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A clock that runs faster than the real one, with real timers. */
export class FastClock implements Clock {
  readonly time: FastTime;
  readonly #alarms = new Set<object>();

  constructor(time: FastTime) {
    this.time = time;
  }

  /** Timers that neither fired nor were canceled. */
  get pending(): number {
    return this.#alarms.size;
  }

  readonly now = (): number => {
    const { speed, startsAt, startedAt } = this.time;
    return Math.floor(startsAt + (realNow() - startedAt) * speed);
  };

  readonly after = (ms: number, work: () => void): (() => void) => {
    const alarm = {};
    this.#alarms.add(alarm);
    const callOff = systemClock.after(ms / this.time.speed, () => {
      this.#alarms.delete(alarm);
      work();
    });
    return () => {
      this.#alarms.delete(alarm);
      callOff();
    };
  };
}
