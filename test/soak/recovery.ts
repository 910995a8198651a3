import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { WatchedKey } from './places.ts';

const MINUTE = 60_000;
const LOOK_MS = 20;
/** A key that takes longer than its two intervals is waited for until then, to tell how late it was. */
const LONGEST = 4;

/** How many of its own intervals each key took to be read without a failure after `since`; Infinity where it was not. */
export async function intervalsUntilRead(
  store: Store,
  keys: readonly WatchedKey[],
  clock: Clock,
  since: number,
): Promise<Map<string, number>> {
  const took = new Map<string, number>();
  const end = since + LONGEST * MINUTE * Math.max(...keys.map(({ minutes }) => minutes));
  while (took.size < keys.length && clock.now() < end) {
    await pause(LOOK_MS);
    for (const { id, minutes } of keys) {
      const { reading, failure } = store.states.stateOf(id) ?? {};
      const takenAt = reading && !failure ? Date.parse(reading.takenAt) : 0;
      if (takenAt >= since && !took.has(id)) took.set(id, (takenAt - since) / (minutes * MINUTE));
    }
  }
  for (const { id } of keys) if (!took.has(id)) took.set(id, Number.POSITIVE_INFINITY);
  return took;
}
