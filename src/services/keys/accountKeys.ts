import type { Store } from '../../core/ports/store.ts';
import type { AccountKey } from '../../core/quota/reading.ts';

/** Replaces one of an account's keys in the account's stored reading. */
export function replaceAccountKey(store: Store, keyId: string, accountKey: AccountKey): void {
  store.transaction(() => {
    const state = store.states.stateOf(keyId);
    if (!state?.reading?.accountKeys) return;
    const accountKeys = state.reading.accountKeys.map(old => (old.id === accountKey.id ? accountKey : old));
    store.states.saveState({ ...state, reading: { ...state.reading, accountKeys } });
  });
}
