import { setImmediate as turn } from 'node:timers/promises';

const LONGEST_MS = 5000;

/** Waits, turn by turn, for something that happens elsewhere. Gives up in time, or the run would never end. */
export async function until(happened: () => boolean): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  while (!happened()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${happened}`);
    await turn();
  }
}
