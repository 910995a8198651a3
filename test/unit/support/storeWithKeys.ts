import { SqliteStore } from '../../../src/store/store.ts';
import { tempFolder } from './folders.ts';
import { keyRecord } from './samples.ts';

/** A store, in a new folder unless one is given, with a New API key for each id, which differ only in id, label and creation time. */
export function storeWithKeys(ids: readonly string[], now: number, folder = tempFolder()): SqliteStore {
  const store = new SqliteStore(folder, now);
  store.transaction(() => {
    for (const [index, id] of ids.entries())
      store.keys.addKey(keyRecord(id, { fingerprint: 'f', createdAt: now + index }));
  });
  return store;
}
