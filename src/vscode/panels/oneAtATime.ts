/** What a page is told of work that takes time. */
export interface WorkListener {
  begun(): void;
  failed(message: string): void;
  ended(): void;
}

/** Runs one piece of work at a time: a new one calls the last one off. */
export class OneAtATime {
  readonly #listener: WorkListener;
  #running: AbortController | undefined;

  constructor(listener: WorkListener) {
    this.#listener = listener;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Never rejects: what goes wrong is told, unless the work was called off. */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#listener.begun();
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) this.#listener.failed(errorMessage(error));
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#listener.ended();
  }

  abort(): void {
    this.#running?.abort();
  }
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
