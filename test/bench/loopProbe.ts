import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const RESOLUTION_MS = 1;

/** Watches how long the event loop is kept from its next turn. */
export class LoopProbe {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  private constructor() {
    this.#histogram.enable();
  }

  /** A probe that is awake: it counts from one turn to the next, and would not see what kept it from its first. */
  static async start(): Promise<LoopProbe> {
    const probe = new LoopProbe();
    while (probe.#histogram.count === 0) await pause(RESOLUTION_MS);
    return probe;
  }

  /** The longest block since the probe was made, in milliseconds. */
  stop(): number {
    this.#histogram.disable();
    return Math.max(0, this.#histogram.max / 1e6 - RESOLUTION_MS);
  }
}
