const INTERVAL_MS = 1;

/**
 * Watches how much of the processor the turns of this thread's event loop take. On a machine whose processors others use
 * as well, a block by the clock is mostly a time in which this thread was not let run; its own work shows here.
 */
export class TurnProbe {
  readonly #timer: NodeJS.Timeout;
  #usedMs = threadMs();
  #longestMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS);
  }

  /** The processor time of the longest turn since the probe was made, in milliseconds. */
  stop(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#longestMs;
  }

  #look(): void {
    const used = threadMs();
    this.#longestMs = Math.max(this.#longestMs, used - this.#usedMs);
    this.#usedMs = used;
  }
}

/** What this thread has used of the processor. */
function threadMs(): number {
  // Makes Linux count what this thread has used since the scheduler looked last.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
