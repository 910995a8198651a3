import { setImmediate as turn } from 'node:timers/promises';

/** Less than a test may take. */
const TIMEOUT_MS = 60_000;

/** Waits, turn by turn, for something that happens elsewhere. Gives up in time, or the run would never end. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${condition}`);
    await turn();
  }
}

/** The same for a condition that has to be asked for. */
export async function untilAsync(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${condition}`);
    await turn();
  }
}
