import type { House } from './house.ts';

const STEP_MS = 10_000;

export interface ComingsOptions {
  readonly lastsMs: number;
  readonly mostWindows: number;
  /** How often something happens, on the average. */
  readonly everyMs: number;
}

/** How often what happened. */
export interface Comings {
  opened: number;
  closed: number;
  died: number;
  /** Those of the dead that had just sent a request. */
  diedAsking: number;
}

/**
 * Windows open, close and die by chance; the person goes from one to the other. There is always one window,
 * and when the person's is gone, another is at hand.
 */
export async function comeAndGo(
  house: House,
  { lastsMs, mostWindows, everyMs }: ComingsOptions,
): Promise<Comings> {
  const { clock, chance } = house;
  const comings: Comings = { opened: 1, closed: 0, died: 0, diedAsking: 0 };
  const end = clock.now() + lastsMs;
  while (clock.now() < end) {
    await house.pass(Math.min(STEP_MS, end - clock.now()));
    if (chance() < STEP_MS / everyMs) await happen(house, mostWindows, comings);
    if (house.focused) continue;
    if (house.windows.length === 0) await openOne(house, comings);
    const some = house.windows[Math.floor(chance() * house.windows.length)];
    if (some) house.focus(some);
  }
  return comings;
}

async function happen(house: House, mostWindows: number, comings: Comings): Promise<void> {
  const { windows, chance } = house;
  const some = windows[Math.floor(chance() * windows.length)];
  const what = chance();
  if (!some || windows.length === 1 || (what < 0.45 && windows.length < mostWindows)) {
    await openOne(house, comings);
  } else if (what < 0.7) {
    await house.closeWindow(some);
    comings.closed++;
  } else if (what < 0.75) {
    some.die();
    comings.died++;
  } else if (what < 0.8) {
    // The person's own window is the one that asks.
    (house.focused ?? some).dieAsking();
    comings.died++;
    comings.diedAsking++;
  } else house.focus(some);
}

async function openOne(house: House, comings: Comings): Promise<void> {
  await house.openWindow();
  comings.opened++;
}
