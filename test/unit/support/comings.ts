import type { House } from './house.ts';

const STEP_MS = 10_000;

export interface ComingsOptions {
  readonly lastsMs: number;
  readonly mostWindows: number;
  /** How often something happens, on the average. */
  readonly everyMs: number;
}

/**
 * Windows open, close and die by chance, most of the dying ones in the middle of a request; the person goes
 * from one to the other. There is always one window, and when the person's is gone, another is at hand.
 */
export async function comeAndGo(
  house: House,
  { lastsMs, mostWindows, everyMs }: ComingsOptions,
): Promise<void> {
  const { clock, chance } = house;
  const end = clock.now() + lastsMs;
  while (clock.now() < end) {
    await house.pass(Math.min(STEP_MS, end - clock.now()));
    if (chance() < STEP_MS / everyMs) await happen(house, mostWindows);
    const some = house.windows[Math.floor(chance() * house.windows.length)] ?? (await house.openWindow());
    if (!house.focused || house.focused.isDead) house.focus(some);
  }
}

async function happen(house: House, mostWindows: number): Promise<void> {
  const { windows, chance } = house;
  const some = windows[Math.floor(chance() * windows.length)];
  const what = chance();
  if (!some || windows.length === 1 || (what < 0.4 && windows.length < mostWindows)) await house.openWindow();
  else if (what < 0.6) await house.closeWindow(some);
  else if (what < 0.7) some.die();
  else if (what < 0.8) some.dieAsking();
  else house.focus(some);
}
