import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import { SECOND_MS } from '../../core/time.ts';
import { heldReports } from './heldKeys.ts';
import type { UsagePanelParts } from './usagePanelTypes.ts';

/** Keeps a gateway that names no time from being asked in a loop. */
const MIN_WAIT_MS = SECOND_MS;

/** Fires when the first held key of an answer may be asked. */
export class HeldKeysTimer {
  readonly #parts: Pick<UsagePanelParts, 'now' | 'after'>;
  readonly #onDue: () => void;
  #timer: { readonly until: number; readonly cancel: () => void } | undefined;

  constructor(parts: Pick<UsagePanelParts, 'now' | 'after'>, onDue: () => void) {
    this.#parts = parts;
    this.#onDue = onDue;
  }

  /** When it fires, epoch milliseconds; undefined while it is stopped. */
  get until(): number | undefined {
    return this.#timer?.until;
  }

  /** Starts again for this answer. */
  start(answer: UsageAnswer | undefined): void {
    this.stop();
    const retryTimes = heldReports(answer).map(({ retryAt = '' }) => Date.parse(retryAt));
    if (retryTimes.length === 0) return;
    const now = this.#parts.now();
    const until = Math.max(now + MIN_WAIT_MS, Math.min(...retryTimes));
    const callOff = this.#parts.after(until - now, () => {
      this.#timer = undefined;
      this.#onDue();
    });
    this.#timer = { until, cancel: callOff };
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
