import { type Silence, SNOOZE, silenceMark, silentUntil } from '../quota/silence.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { Emitter } from './emitter.ts';

/** The name of the silence that holds for all keys. */
const PAUSE = 'pause';

/** Times without warnings, for all windows: of some keys, or of all. */
export class Silencing {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changed = new Emitter<void>();

  /** Fires when this window has begun or ended a silence. */
  readonly onDidChange = this.#changed.event;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Silences keys for a while. Returns until when, in epoch milliseconds. */
  snooze(keyIds: readonly string[], lastsMs: number): number {
    const silence: Silence = { since: this.#clock.now(), lastsMs };
    this.#store.transaction(() => {
      const known = new Set(this.#store.keys.all().map(({ id }) => id));
      for (const id of keyIds) if (known.has(id)) this.#store.marks.put(id, SNOOZE, silenceMark(silence));
    });
    this.#changed.fire();
    return silence.since + lastsMs;
  }

  /** Silences everything for a while. Returns until when, in epoch milliseconds. */
  pause(lastsMs: number): number {
    const since = this.#clock.now();
    this.#store.transaction(() => this.#store.silences.put(PAUSE, { since, lastsMs }));
    this.#changed.fire();
    return since + lastsMs;
  }

  /** Ends every silence. */
  resume(): void {
    this.#store.transaction(() => {
      this.#store.silences.remove(PAUSE);
      for (const [keyId, marks] of this.#store.marks.all()) {
        if (marks.has(SNOOZE)) this.#store.marks.remove(keyId, SNOOZE);
      }
    });
    this.#changed.fire();
  }

  /** Until when nothing at all is said; undefined when nothing is paused. Epoch milliseconds. */
  get pausedUntil(): number | undefined {
    return silentUntil(this.#store.silences.get(PAUSE), this.#clock.now());
  }
}
