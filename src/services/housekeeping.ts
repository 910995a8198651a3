import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { Store } from '../core/ports/store.ts';
import type { Span } from '../core/ports/tables.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/time.ts';

export interface HousekeepingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly log: Pick<Log, 'warn'>;
}

/** No limiter looks back further. */
const REQUESTS_KEPT_MS = 2 * DAY_MS;
/** After the start is over, and never two keys at once. */
const FIRST_AFTER_MS = 5 * MINUTE_MS;
const BETWEEN_KEYS_MS = 100;
const LOOK_EVERY_MS = HOUR_MS;

type Spans = readonly Span[];

/** Merges old readings and forgets old calls, once a day, by one window, a key at a time. */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  #callOff: () => void = () => undefined;

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
    this.#plan(FIRST_AFTER_MS, () => this.#look());
  }

  dispose(): void {
    this.#callOff();
  }

  #look(): void {
    const { store, clock, settings } = this.#parts;
    const now = clock.now();
    const isMine = store.transaction(() => {
      const since = now - store.maintenance.doneAt('daily');
      if (since >= 0 && since < DAY_MS) return false;
      store.maintenance.markDone('daily', now);
      store.requests.deleteBefore(now - REQUESTS_KEPT_MS);
      return true;
    });
    const compaction = store.compaction;
    if (isMine) this.#compact(compaction.keyNumbers(), compaction.spans(settings().retention, now));
    else this.#plan(LOOK_EVERY_MS, () => this.#look());
  }

  #compact([keyNo, ...others]: readonly number[], spans: Spans): void {
    const { store } = this.#parts;
    if (keyNo === undefined) {
      store.transaction(() => store.compaction.finish(spans));
      this.#plan(LOOK_EVERY_MS, () => this.#look());
      return;
    }
    store.transaction(() => store.compaction.compactKey(keyNo, spans));
    this.#plan(BETWEEN_KEYS_MS, () => this.#compact(others, spans));
  }

  /** Whatever goes wrong now may go well an hour later; what was not finished is done the next day. */
  #plan(ms: number, work: () => void): void {
    const { clock, log } = this.#parts;
    this.#callOff = clock.after(ms, () => {
      try {
        work();
      } catch (error) {
        log.warn(`Housekeeping broke off: ${String(error)}`);
        this.#plan(LOOK_EVERY_MS, () => this.#look());
      }
    });
  }
}
