import { SECOND_MS } from '../../core/time.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { UsagePanelParts } from './usagePanelTypes.ts';

/** Keeps a gateway that names no time from being asked in a loop. */
const MIN_WAIT_MS = SECOND_MS;

/** Fires when the first held key may be asked. */
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

  /** Starts again for these reports of held keys. */
  start(held: readonly UsageReport[]): void {
    this.stop();
    const retryTimes = held.map(({ retryAt = '' }) => Date.parse(retryAt));
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
