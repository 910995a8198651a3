import { afterEach, beforeEach } from 'mocha';
import type { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from './folders.ts';
import { storeWithKeys } from './storeWithKeys.ts';

/**
 * Opens a store with keys in a new folder for each test of the block, and closes and removes it afterwards. `now` is in
 * epoch milliseconds.
 */
export function useStore(
  ids: readonly string[],
  now: number,
  onOpen: (store: SqliteStore, folder: string) => void,
): void {
  let store: SqliteStore;
  beforeEach(() => {
    const folder = tempFolder();
    store = storeWithKeys(ids, now, folder);
    onOpen(store, folder);
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });
}
