import type { Clock } from '../../core/ports/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { ErrorLog } from './errorLog.ts';

/** A tick that comes this much later than planned means that the computer slept, or the process was suspended. */
const SLEPT_AFTER_MS = MINUTE_MS;
const RETRY_AFTER_ERROR_MS = 15 * SECOND_MS;

/** Does the work that is due again and again, until it is disposed. */
export class PollTimer {
  readonly #clock: Clock;
  readonly #errorLog: ErrorLog;
  readonly #doDueWork: (now: number, hasSlept: boolean) => number;
  #nextTickAt = Number.POSITIVE_INFINITY;
  #isDisposed = false;
  #cancelTick: () => void = () => undefined;

  /** `doDueWork` returns the milliseconds until the next tick. */
  constructor(clock: Clock, errorLog: ErrorLog, doDueWork: (now: number, hasSlept: boolean) => number) {
    this.#clock = clock;
    this.#errorLog = errorLog;
    this.#doDueWork = doDueWork;
  }

  /** Does what is due now, and plans the next tick by that. */
  tick(): void {
    if (this.#isDisposed) return;
    this.#cancelTick();
    let sleepMs = RETRY_AFTER_ERROR_MS;
    this.#errorLog.runAndLog(() => {
      const now = this.#clock.now();
      sleepMs = this.#doDueWork(now, now > this.#nextTickAt + SLEPT_AFTER_MS);
    });
    this.#nextTickAt = this.#clock.now() + sleepMs;
    this.#cancelTick = this.#clock.after(sleepMs, () => this.tick());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTick();
  }
}
