import type { Clock } from '../../../src/core/ports/clock.ts';

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ readonly at: number; readonly work: () => void }>();

  constructor(now = Date.UTC(2026, 5, 15, 12)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Sets the time without running what was due meanwhile, as a clock that is put right does. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** In how many milliseconds the next timer is due; undefined without any. */
  nextIn(): number | undefined {
    const next = this.#nextTimer(Number.POSITIVE_INFINITY);
    return next && next.at - this.#now;
  }

  /** Lets time pass; runs what falls due on the way, in order, and `between` after each. */
  async advance(ms: number, between: () => Promise<void> = async () => undefined): Promise<void> {
    const end = this.#now + ms;
    for (let next = this.#nextTimer(end); next; next = this.#nextTimer(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.work();
      await between();
    }
    this.#now = end;
  }

  #nextTimer(end: number) {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
