import { setImmediate as turn } from 'node:timers/promises';

/** How long work may keep the event loop at a time. */
const SLICE_MS = 4;

/** Cuts long work into slices between which the event loop takes its turn. */
export class Slices {
  readonly #clock: () => number;
  #startedAt: number;

  /** `clock` in milliseconds, monotonic. */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
    this.#startedAt = clock();
  }

  /** To be awaited between two pieces of the work; yields where the slice was long enough. */
  async next(): Promise<void> {
    if (this.#clock() - this.#startedAt < SLICE_MS) return;
    await turn();
    this.#startedAt = this.#clock();
  }
}
