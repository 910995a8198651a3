import { setImmediate as turn } from 'node:timers/promises';
import type { ManualClock } from './manualClock.ts';
import type { TestWindow } from './testWindow.ts';

/** Lets time pass in some windows; every check that falls due on the way is answered before time goes on. */
export async function advanceWindows(
  ms: number,
  clock: ManualClock,
  ...windows: readonly TestWindow[]
): Promise<void> {
  const settle = async () => {
    for (const window of windows) await window.monitor.idle();
    // Another window takes in what one window wrote in its own next turn.
    await turn();
  };
  await settle();
  await clock.advance(ms, settle);
}
