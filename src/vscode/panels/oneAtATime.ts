import { errorMessage } from './errorMessage.ts';

/** What a page is told about a task. */
export interface TaskListener {
  onStart(): void;
  onError(message: string): void;
  onEnd(): void;
}

/** Runs one task at a time: a new one aborts the one before. */
export class LatestTask {
  readonly #listener: TaskListener;
  #running: AbortController | undefined;

  constructor(listener: TaskListener) {
    this.#listener = listener;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Never rejects: errors go to the listener, unless the task was aborted. */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#listener.onStart();
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) this.#listener.onError(errorMessage(error));
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#listener.onEnd();
  }

  abort(): void {
    this.#running?.abort();
  }
}
