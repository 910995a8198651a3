import type { Store } from '../../core/ports/store.ts';

/** Warnings that were made from the history. */
const HISTORY_BASED_WARNING = /^(?:forecast|spend):/;

/**
 * Forgets what was recorded about a key and all that was made from it, at once: whether its gateway answers has
 * no part in it. What the key is now stays. Waits for a file that is locked. Throws a `NotSavedError` where the file keeps
 * it all the same.
 */
export async function eraseHistoryOf(store: Store, keyId: string): Promise<void> {
  const erase = () => {
    store.history.eraseKey(keyId);
    const state = store.states.stateOf(keyId);
    if (state?.forecast) store.states.saveState({ ...state, forecast: undefined });
    for (const name of store.fired.firedOf(keyId).keys()) {
      if (HISTORY_BASED_WARNING.test(name)) store.fired.removeFired(keyId, name);
    }
  };
  await store.retryWhileLocked(() => store.transactionOnDisk(erase));
}
