import type { Settings } from '../host/settings.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';

const DAY_MS = 86_400_000;
/** No limiter looks back further. */
const REQUESTS_KEPT_MS = 2 * DAY_MS;
/** After the start is over, and never two keys at once. */
const FIRST_AFTER_MS = 5 * 60_000;
const BETWEEN_KEYS_MS = 100;
const LOOK_EVERY_MS = 60 * 60_000;

/** Merges old readings and forgets old calls, once a day, by one window, a key at a time. */
export class Housekeeping {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings: () => Settings;
  #callOff: () => void;

  constructor(store: Store, clock: Clock, settings: () => Settings) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = settings;
    this.#callOff = clock.after(FIRST_AFTER_MS, () => this.#look());
  }

  dispose(): void {
    this.#callOff();
  }

  #look(): void {
    const now = this.#clock.now();
    const isMine = this.#store.transaction(() => {
      const since = now - this.#store.chores.doneAt('daily');
      if (since >= 0 && since < DAY_MS) return false;
      this.#store.chores.done('daily', now);
      this.#store.requests.forgetBefore(now - REQUESTS_KEPT_MS);
      return true;
    });
    if (isMine) this.#compact(this.#store.compaction.keyNumbers());
    else this.#callOff = this.#clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  #compact([keyNo, ...others]: readonly number[]): void {
    if (keyNo === undefined) {
      this.#callOff = this.#clock.after(LOOK_EVERY_MS, () => this.#look());
      return;
    }
    const { retention } = this.#settings();
    this.#store.transaction(() => this.#store.compaction.compactKey(keyNo, retention, this.#clock.now()));
    this.#callOff = this.#clock.after(BETWEEN_KEYS_MS, () => this.#compact(others));
  }
}
