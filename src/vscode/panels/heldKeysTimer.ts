import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import { SECOND_MS } from '../../core/time.ts';
import { heldReports } from './heldKeys.ts';
import type { UsagePanelParts } from './usagePanelTypes.ts';

/** A gateway that names no time of its own is not asked in a loop. */
const LEAST_WAIT_MS = SECOND_MS;

/** Waits until a key that had no turn may be asked. */
export class HeldKeysTimer {
  readonly #parts: Pick<UsagePanelParts, 'now' | 'after'>;
  readonly #due: () => void;
  #waiting: { readonly until: number; readonly callOff: () => void } | undefined;

  constructor(parts: Pick<UsagePanelParts, 'now' | 'after'>, due: () => void) {
    this.#parts = parts;
    this.#due = due;
  }

  /** When the wait ends, in epoch milliseconds; undefined while there is none. */
  get until(): number | undefined {
    return this.#waiting?.until;
  }

  /** Waits for the first turn of a key in this answer, in place of any wait before. */
  start(answer: UsageAnswer | undefined): void {
    this.stop();
    const turns = heldReports(answer).map(({ retryAt = '' }) => Date.parse(retryAt));
    if (turns.length === 0) return;
    const now = this.#parts.now();
    const until = Math.max(now + LEAST_WAIT_MS, Math.min(...turns));
    const callOff = this.#parts.after(until - now, () => {
      this.#waiting = undefined;
      this.#due();
    });
    this.#waiting = { until, callOff };
  }

  stop(): void {
    this.#waiting?.callOff();
    this.#waiting = undefined;
  }
}
