import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { loadFailureMessages } from './failureMessage.ts';
import { SnapshotStore } from './snapshotStore.ts';

/**
 * What the store knows about all keys, before anyone was asked and any secret was looked up. When keys that wait for the
 * request budget are checked is worked out once the code of polling is loaded.
 */
export async function storedSnapshot(
  store: Store,
  settings: Settings,
  now: number,
): Promise<readonly KeyState[]> {
  const snapshotStore = new SnapshotStore(store, () => settings);
  snapshotStore.reload(now);
  if (snapshotStore.entries.some(({ key, state }) => state.failure || key.pausedAt))
    await loadFailureMessages();
  snapshotStore.buildSnapshot(new Map(), now, true);
  return snapshotStore.snapshot;
}
