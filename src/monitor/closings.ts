import { freeAt } from '../services/requests/freeAt.ts';
import type { Store } from '../store/store.ts';
import type { Entry } from './entry.ts';

/** Until when limiters are closed, remembered for as long as nothing can have changed. Epoch milliseconds. */
export class Closings {
  readonly #store: Store;
  readonly #until = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** When the limiter of a key has room again; undefined while it has. */
  untilFor(entry: Entry, now: number): number | undefined {
    const known = this.#until.get(entry.limiterId);
    const until = known ?? this.#lookUp(entry, now);
    if (known === undefined) this.#until.set(entry.limiterId, until);
    return until > now ? until : undefined;
  }

  /** Something was sent to the limiter of this key. */
  forget({ limiterId }: Entry): void {
    this.#until.delete(limiterId);
  }

  forgetAll(): void {
    this.#until.clear();
  }

  #lookUp({ key, gateway, limiterName }: Entry, now: number): number {
    const limiter = gateway?.limiters[limiterName];
    return limiter ? freeAt(this.#store.requests, key.origin, limiterName, limiter, now) : now;
  }
}
