import { type PlacedKey, placeKeys } from './placedKeys.ts';
import { World } from './world.ts';

/** Makes a database that holds these keys, all of them due at `now`, for windows that open it later. */
export async function fillFolder(folder: string, keys: readonly PlacedKey[], now: number): Promise<void> {
  const world = new World({ folder });
  await placeKeys(world, keys, now);
  await world.close();
}
