import type { Store } from '../../core/ports/store.ts';

/** Names of fired warnings that the history is behind. */
const HISTORY_BASED_WARNING = /^(?:forecast|spend):/;

/**
 * Erases a key's recorded history, its forecast, and the warnings fired by it, in one transaction. The
 * current reading stays. Waits while the file is locked.
 * @throws NotSavedError where it could not be saved.
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
