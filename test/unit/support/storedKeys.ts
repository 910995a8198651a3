import type { KeyRecord } from '../../../src/core/quota/key.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import type { MemorySecrets } from './memorySecrets.ts';
import type { TestWindow } from './testWindow.ts';

export interface StoredKey {
  readonly id: string;
  readonly origin: string;
  /** New API unless told. */
  readonly kind?: string;
  /** What secrets of the kind begin with, where it is not `sk-`. */
  readonly prefix?: string;
  /** The sample gateway's name for it. */
  readonly handle: string;
  readonly pinned?: boolean;
}

/** Puts many keys into a window's store and secrets at once; adding them one by one is not what is measured. */
export async function storeKeys(
  testWindow: TestWindow,
  keys: readonly StoredKey[],
  now: number,
): Promise<void> {
  await storeSecrets(testWindow.storage, keys);
  testWindow.store.transaction(() => {
    keys.forEach((key, index) => {
      testWindow.store.keys.addKey(recordOf(key, now + index));
      testWindow.store.states.saveState({ keyId: key.id, failures: 0, dueAt: now });
    });
  });
}

/** The secrets alone, for a window whose store another one has filled. */
export async function storeSecrets(storage: MemorySecrets, keys: readonly StoredKey[]): Promise<void> {
  for (const { id, origin, handle, prefix, kind = 'newApi' } of keys) {
    const entry = { secret: secretFor(handle, prefix), origin, credential: 'apiKey', kind, label: id };
    await storage.store(`key:${id}`, JSON.stringify(entry));
  }
}

function recordOf({ id, origin, kind = 'newApi', pinned = false }: StoredKey, createdAt: number): KeyRecord {
  return {
    id,
    label: id,
    kind,
    baseUrl: origin,
    credential: 'apiKey',
    fingerprint: id,
    pinned,
    createdAt,
  };
}
