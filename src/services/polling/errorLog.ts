import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';

const AGAIN_MS = 60 * 60_000;

/** Writes down what keeps the monitor from its work: once an hour for the same trouble, however often it is met. */
export class ErrorLog {
  readonly #log: Log;
  readonly #clock: Clock;
  #last = { text: '', at: 0 };

  constructor({ log, clock }: { readonly log: Log; readonly clock: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  /** A database that is busy for long, say, must not end the watch: the next look may go well. */
  runAndLog(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.logOnce(error);
    }
  }

  logOnce(error: unknown): void {
    const text = String(error);
    const now = this.#clock.now();
    if (text === this.#last.text && now < this.#last.at + AGAIN_MS) return;
    this.#last = { text, at: now };
    this.#log.warn(`The monitor was kept from its work: ${text}`);
  }
}
