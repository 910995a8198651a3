import type { Clock } from '../../core/ports/clock.ts';
import type { HistoryRow } from '../../core/ports/historyTables.ts';
import type { Store } from '../../core/ports/store.ts';

/** Names of fired warnings that depend on the history. */
const HISTORY_BASED_WARNING = /^(?:forecast|spend):/;

/** Recorded readings of keys. */
export class HistoryService {
  readonly #store: Store;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onErased: (keyId: string) => void;

  constructor(store: Store, clock: Pick<Clock, 'now'>, onErased: (keyId: string) => void = () => undefined) {
    this.#store = store;
    this.#clock = clock;
    this.#onErased = onErased;
  }

  /** All rows of a key, oldest first. */
  rowsOf(keyId: string): readonly HistoryRow[] {
    return this.#store.history.historyRows(keyId, 0, this.#clock.now());
  }

  /**
   * Erases what was recorded about a key, its part of the ledger, and the forecast and warnings that depend on them. Its
   * present reading stays.
   * Waits while the database is locked.
   * @throws NotSavedError when the file cannot be written.
   */
  async eraseHistory(keyId: string): Promise<void> {
    const erase = () => {
      this.#store.history.eraseKey(keyId);
      this.#store.ledger.eraseKey(keyId);
      // Otherwise erased spend would come back with the gateway's log, which goes back further.
      this.#store.logTries.takeOnlySince(keyId, this.#clock.now());
      const state = this.#store.states.stateOf(keyId);
      if (state?.forecast) this.#store.states.saveState({ ...state, forecast: undefined });
      for (const name of this.#store.fired.firedOf(keyId).keys()) {
        if (HISTORY_BASED_WARNING.test(name)) this.#store.fired.removeFired(keyId, name);
      }
    };
    await this.#store.retryWhileLocked(() => this.#store.transactionOnDisk(erase));
    this.#onErased(keyId);
  }
}
