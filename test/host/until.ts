import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;

/** Looks until `look` returns something, and returns that. Fails with `what` after the limit. */
export async function until<Found>(
  what: string,
  limitMs: number,
  look: () => Promise<Found | undefined | false | null | ''> | Found | undefined | false | null | '',
): Promise<Found> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${limitMs / 1_000} s in vain until ${what}.`);
    }
    await pause(LOOK_AGAIN_MS);
  }
}
