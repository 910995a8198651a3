import { setTimeout as pause } from 'node:timers/promises';
import type { FastClock } from './fastClock.ts';
import type { GatewayReport, Gateways } from './gateways.ts';

/** What is left when everything is closed. */
export interface Leftovers {
  /** Timers of the windows in this process, on their own clock. */
  readonly alarms: number;
  /** What keeps this process alive that did not before: timers, sockets, threads, processes. */
  readonly resources: readonly string[];
}

/** Longer than Node keeps a connection for the next request. */
const CLOSING_MS = 10_000;
const LOOK_MS = 50;

/** The last report of the gateways, when no connection is open to them any more, or none has closed for long. */
export function lastReport(gateways: Gateways): Promise<GatewayReport> {
  return settled(
    () => gateways.report(),
    ({ sockets }) => sockets === 0,
  );
}

/** What is there now and was not among `before`; what was closed a moment ago is given the time to go. */
export function leftovers(clock: FastClock, before: readonly string[]): Promise<Leftovers> {
  return settled(
    async () => ({ alarms: clock.pending, resources: added(before, process.getActiveResourcesInfo()) }),
    ({ alarms, resources }) => alarms + resources.length === 0,
  );
}

async function settled<T>(look: () => Promise<T>, isGood: (found: T) => boolean): Promise<T> {
  const deadline = performance.now() + CLOSING_MS;
  for (;;) {
    const found = await look();
    if (isGood(found) || performance.now() > deadline) return found;
    await pause(LOOK_MS);
  }
}

function added(before: readonly string[], now: readonly string[]): string[] {
  const known = [...before];
  return now.filter(name => {
    const index = known.indexOf(name);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}
