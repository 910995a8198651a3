import type { SharedMachine } from './sharedMachine.ts';

const STEP_MS = 10_000;

export interface WindowChurnOptions {
  readonly lastsMs: number;
  readonly maxWindows: number;
  /** How often something happens, on the average. */
  readonly averageIntervalMs: number;
}

/** How often each event happened. */
export interface WindowChurnCounts {
  opened: number;
  closed: number;
  crashed: number;
  /** Those of the dead that had just sent a request. */
  crashedAfterRequest: number;
}

/**
 * Windows open, close and die by chance; the person goes from one to the other. There is always one window,
 * and when the person's is gone, another is at hand.
 */
export async function churnWindows(
  machine: SharedMachine,
  { lastsMs, maxWindows, averageIntervalMs }: WindowChurnOptions,
): Promise<WindowChurnCounts> {
  const { clock, chance } = machine;
  const counts: WindowChurnCounts = { opened: 1, closed: 0, crashed: 0, crashedAfterRequest: 0 };
  const end = clock.now() + lastsMs;
  while (clock.now() < end) {
    await machine.advance(Math.min(STEP_MS, end - clock.now()));
    if (chance() < STEP_MS / averageIntervalMs) await randomEvent(machine, maxWindows, counts);
    if (machine.focused) continue;
    if (machine.windows.length === 0) await openWindow(machine, counts);
    const some = machine.windows[Math.floor(chance() * machine.windows.length)];
    if (some) machine.focus(some);
  }
  return counts;
}

async function randomEvent(
  machine: SharedMachine,
  maxWindows: number,
  counts: WindowChurnCounts,
): Promise<void> {
  const { windows, chance } = machine;
  const some = windows[Math.floor(chance() * windows.length)];
  const what = chance();
  if (!some || windows.length === 1 || (what < 0.45 && windows.length < maxWindows)) {
    await openWindow(machine, counts);
  } else if (what < 0.7) {
    await machine.closeWindow(some);
    counts.closed++;
  } else if (what < 0.75) {
    some.crash();
    counts.crashed++;
  } else if (what < 0.8) {
    // The person's own window is the one that asks.
    (machine.focused ?? some).crashAfterNextRequest();
    counts.crashed++;
    counts.crashedAfterRequest++;
  } else machine.focus(some);
}

async function openWindow(machine: SharedMachine, counts: WindowChurnCounts): Promise<void> {
  await machine.openWindow();
  counts.opened++;
}
