import type { KeyRecord } from '../../../src/quota/key.ts';
import { secretFor } from '../../gateway/secrets.ts';
import type { World } from './world.ts';

export interface PlacedKey {
  readonly id: string;
  readonly origin: string;
  /** The sample gateway's name for it. */
  readonly handle: string;
  readonly pinned?: boolean;
}

/** Puts many keys into a window's store and secrets at once; adding them one by one is not what is measured. */
export async function placeKeys(world: World, keys: readonly PlacedKey[], now: number): Promise<void> {
  for (const { id, origin, handle } of keys) {
    const entry = { secret: secretFor(handle), origin, credential: 'apiKey', kind: 'newApi', label: id };
    await world.storage.store(`key:${id}`, JSON.stringify(entry));
  }
  world.store.transaction(() => {
    keys.forEach((key, index) => {
      world.store.keys.add(recordOf(key, now + index));
      world.store.states.put({ keyId: key.id, failures: 0, dueAt: now });
    });
  });
}

function recordOf({ id, origin, pinned = false }: PlacedKey, createdAt: number): KeyRecord {
  return {
    id,
    label: id,
    kind: 'newApi',
    origin,
    credential: 'apiKey',
    fingerprint: id,
    pinned,
    createdAt,
  };
}
