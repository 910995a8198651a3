import { type StoredKey, storeKeys } from './storedKeys.ts';
import { TestWindow } from './testWindow.ts';

/** Makes a database that holds these keys, all of them due at `now`, for windows that open it later. */
export async function fillFolder(folder: string, keys: readonly StoredKey[], now: number): Promise<void> {
  const testWindow = new TestWindow({ folder });
  await storeKeys(testWindow, keys, now);
  await testWindow.close();
}
