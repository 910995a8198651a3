import type { Socket } from 'node:net';

// A test that forgets to release a reply has to fail by its own assertion, and not keep the process alive.
const LONGEST_HOLD_MS = 60_000;

/** The replies that are kept back until a test lets them go. */
export class Holds {
  readonly #waiting = new Set<() => void>();

  /** How many replies are kept back now: the condition a test waits for before it goes on. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Resolves when released, when the client leaves, or after a minute. */
  wait(socket: Socket): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        clearTimeout(limit);
        socket.off('close', done);
        this.#waiting.delete(done);
        resolve();
      };
      const limit = setTimeout(done, LONGEST_HOLD_MS);
      limit.unref();
      socket.once('close', done);
      this.#waiting.add(done);
    });
  }

  /** Lets every reply go that is kept back now. */
  release(): void {
    for (const done of [...this.#waiting]) done();
  }
}
