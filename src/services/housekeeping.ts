import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import type { Span } from '../core/ports/maintenanceTables.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { Store } from '../core/ports/store.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/time.ts';

export interface HousekeepingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly log: Pick<Log, 'warn'>;
}

/** Longer than the window of any limiter. */
const REQUEST_LOG_RETENTION_MS = 2 * DAY_MS;
/** Long after the start, and one key at a time, so that it delays nothing. */
const FIRST_RUN_AFTER_MS = 5 * MINUTE_MS;
const BETWEEN_KEYS_MS = 100;
const RETRY_EVERY_MS = HOUR_MS;

type Spans = readonly Span[];

/**
 * Compacts old readings, and deletes what is old in the ledger and the request log, once a day, in one window. Rebuilds
 * the ledger's sums by day where the time zone has changed.
 */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
    this.#schedule(FIRST_RUN_AFTER_MS, () => this.#runIfDue());
  }

  dispose(): void {
    this.#cancelTimer();
  }

  #runIfDue(): void {
    const { store, clock, settings } = this.#parts;
    const now = clock.now();
    const isMine = store.transaction(() => {
      const since = now - store.maintenance.doneAt('daily');
      if (since >= 0 && since < DAY_MS) return false;
      store.maintenance.markDone('daily', now);
      store.requests.deleteBefore(now - REQUEST_LOG_RETENTION_MS);
      return true;
    });
    const compaction = store.compaction;
    if (isMine) {
      const spans = compaction.spansToCompact(settings().retention, now);
      this.#compact(compaction.keysToCompact(spans), spans);
    } else this.#rebuildDays(store.ledger.keysToRebuild());
  }

  #compact([keyNo, ...others]: readonly number[], spans: Spans): void {
    const { store } = this.#parts;
    if (keyNo === undefined) {
      store.transaction(() => store.compaction.finishCompaction(spans));
      this.#deleteOldSpend();
      return;
    }
    store.transaction(() => store.compaction.compactKey(keyNo, spans));
    this.#schedule(BETWEEN_KEYS_MS, () => this.#compact(others, spans));
  }

  #deleteOldSpend(): void {
    const { store, clock, settings } = this.#parts;
    const { ledgerDays } = settings().retention;
    const before = clock.now() - (ledgerDays ?? 0) * DAY_MS;
    const hasMore = ledgerDays !== undefined && store.transaction(() => store.ledger.deleteBefore(before));
    if (hasMore) this.#schedule(BETWEEN_KEYS_MS, () => this.#deleteOldSpend());
    else this.#rebuildDays(store.ledger.keysToRebuild());
  }

  /** Runs after a change of the time zone, which any window may be the first to see. */
  #rebuildDays(keyIds: readonly string[]): void {
    const [keyId, ...others] = keyIds;
    const { store } = this.#parts;
    if (keyId === undefined) {
      this.#schedule(RETRY_EVERY_MS, () => this.#runIfDue());
      return;
    }
    const hasMore = store.transaction(() => store.ledger.rebuildDays(keyId));
    this.#schedule(BETWEEN_KEYS_MS, () => this.#rebuildDays(hasMore ? keyIds : others));
  }

  /** An error ends the run; the next one is tried an hour later. */
  #schedule(ms: number, work: () => void): void {
    const { clock, log } = this.#parts;
    this.#cancelTimer = clock.after(ms, () => {
      try {
        work();
      } catch (error) {
        log.warn(`Housekeeping broke off: ${String(error)}`);
        this.#schedule(RETRY_EVERY_MS, () => this.#runIfDue());
      }
    });
  }
}
