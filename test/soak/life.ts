import { setTimeout as pause } from 'node:timers/promises';
import type { FastClock } from './fastClock.ts';
import type { Gateways } from './gateways.ts';
import type { Happening } from './happenings.ts';
import type { Windows } from './windows.ts';

/** The gateways and windows that things happen to. */
export interface Scene {
  readonly clock: FastClock;
  readonly gateways: Gateways;
  readonly windows: Windows;
}

/** Lets things happen, each at its time from `start` on. Resolves when all is done, or what is left was called off. */
export async function live(
  { clock, gateways, windows }: Scene,
  happenings: readonly Happening[],
  start: number,
  signal?: AbortSignal,
): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (const happening of happenings) {
    const waitMs = (start + happening.at - clock.now()) / clock.time.speed;
    const isOff = await pause(Math.max(0, waitMs), false, { signal }).catch(() => true);
    if (isOff) break;
    // A window takes a while to close or to start; time goes on meanwhile.
    underWay.push(happen(gateways, windows, happening));
  }
  await Promise.all(underWay);
}

async function happen(gateways: Gateways, windows: Windows, happening: Happening): Promise<void> {
  switch (happening.what) {
    case 'fault':
      return gateways.fault(happening.place, happening.sort);
    case 'heal':
      return gateways.heal(happening.place);
    case 'look':
      return windows.look(happening.role);
    case 'fullDisk':
      return windows.fillDisk();
    case 'reload':
      return windows.reload();
    case 'kill':
      return windows.kill();
  }
}
