import type { Store } from '../../core/ports/store.ts';
import type { AccountKey } from '../../core/quota/reading.ts';

/** Puts newer figures of one of an account's keys in the place of the old ones in the stored reading. */
export function replaceAccountKey(store: Store, keyId: string, accountKey: AccountKey): void {
  store.transaction(() => {
    const state = store.states.of(keyId);
    if (!state?.reading?.accountKeys) return;
    const accountKeys = state.reading.accountKeys.map(old => (old.id === accountKey.id ? accountKey : old));
    store.states.saveState({ ...state, reading: { ...state.reading, accountKeys } });
  });
}
