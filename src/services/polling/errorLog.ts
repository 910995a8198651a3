import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { HOUR_MS } from '../../core/time.ts';

const REPEAT_AFTER_MS = HOUR_MS;

/** Logs errors of the monitor, the same one at most once an hour. */
export class ErrorLog {
  readonly #log: Log;
  readonly #clock: Clock;
  #last = { text: '', at: 0 };

  constructor({ log, clock }: { readonly log: Log; readonly clock: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Runs `work`; an error, such as of a busy database, is logged and must not end the polling. */
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
    if (text === this.#last.text && now < this.#last.at + REPEAT_AFTER_MS) return;
    this.#last = { text, at: now };
    this.#log.warn(`The monitor was kept from its work: ${text}`);
  }
}
