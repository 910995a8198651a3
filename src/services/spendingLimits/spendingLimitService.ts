import type { Store } from '../../core/ports/store.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { Emitter } from '../emitter.ts';

/** The limits that the user has set. They are in the shared database, so that they hold in all windows. */
export class SpendingLimitService {
  readonly #store: Store;
  readonly #changed = new Emitter<void>();

  /** Fires when this window has changed a limit. */
  readonly onDidChange = this.#changed.event;

  constructor(store: Store) {
    this.#store = store;
  }

  get limits(): readonly SpendingLimit[] {
    return this.#store.spendingLimits.allLimits();
  }

  /**
   * Sets a limit, in place of the one that its scope has for the same period. Waits while the database is locked.
   * @throws NotSavedError where it could not be saved.
   */
  setLimit(limit: SpendingLimit): Promise<void> {
    return this.#save(() => this.#store.spendingLimits.saveLimit(limit));
  }

  /**
   * Removes the limit of a scope and period. Waits while the database is locked.
   * @throws NotSavedError where that could not be saved.
   */
  removeLimit(limit: Omit<SpendingLimit, 'amount'>): Promise<void> {
    return this.#save(() => this.#store.spendingLimits.removeLimit(limit));
  }

  async #save(work: () => void): Promise<void> {
    await this.#store.retryWhileLocked(() => this.#store.transactionOnDisk(work));
    this.#changed.fire();
  }
}
