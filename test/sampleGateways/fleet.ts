/**
 * Several sample gateways at once, with the keys a developer would have on them: for `npm start`, for
 * `npm run gateway` and for tests that need more than one origin.
 *
 *   const fleet = await startFleet({ simulate: true });
 *   const keys = fleet.sampleKeys.filter(key => key.kind === 'newApi' && key.through === 'usageToken');
 *   fleet.gateways.newApi.spend('cline-work', { quota: 5_000 });
 *   await fleet.close();
 */
import { type AddressInfo, createServer } from 'node:net';
import { type Clock, realClock, seconds } from './clock.ts';
import { startConsumption } from './consumption.ts';
import { FLEET_SITES, type FleetSite, type FleetSiteName } from './fleetSites.ts';
import { UNITS_PER_DOLLAR, writeHistory } from './history.ts';
import { KINDS } from './kinds.ts';
import type { LimitOptions } from './limits.ts';
import { type SampleKey, sampleKeys } from './sampleKeys.ts';
import { type SampleGateway, startSampleGateway } from './server.ts';
import type { Holdings } from './state/holdings.ts';

/** How a fleet starts; nothing is needed. */
export interface FleetOptions {
  clock?: Clock;
  /** Lets keys be used as time passes, every three seconds or as often as said here. */
  simulate?: boolean | { everyMs: number };
  /** The real ones when absent, as the product must live with them. */
  limits?: LimitOptions;
  /** The first of a row of ports; any free ports when absent or taken. */
  port?: number;
}

/** A running fleet. */
export interface Fleet {
  readonly gateways: Record<FleetSiteName, SampleGateway>;
  /** The origins by name, with one more where nobody answers. */
  readonly origins: Record<FleetSiteName | 'unreachable', string>;
  readonly sampleKeys: SampleKey[];
  close(): Promise<void>;
}

const EVERY_MS = 3000;

/** Starts the fleet. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const clock = options.clock ?? realClock;
  const started = new Map<FleetSiteName, SampleGateway>();
  let port = options.port;
  for (const [name, site] of Object.entries(FLEET_SITES) as [FleetSiteName, FleetSite][]) {
    const shared = site.sharesWith && started.get(site.sharesWith)?.holdings;
    const gateway = await startSite(site, clock, options.limits ?? 'real', port, shared);
    if (!shared) addFleetKeys(gateway.holdings, site, clock);
    started.set(name, gateway);
    if (port !== undefined) port += 1;
  }
  const gateways = Object.fromEntries(started) as Record<FleetSiteName, SampleGateway>;
  const { origin: unreachable, close: closeUnreachable } = await deadOrigin();
  const origins = Object.fromEntries([...started].map(([name, { origin }]) => [name, origin]));
  const everyMs = typeof options.simulate === 'object' ? options.simulate.everyMs : EVERY_MS;
  const stop = options.simulate ? startConsumption(gateways, everyMs) : undefined;
  return {
    gateways,
    origins: { ...(origins as Record<FleetSiteName, string>), unreachable },
    sampleKeys: sampleKeys(gateways, unreachable),
    async close() {
      stop?.();
      await Promise.all([closeUnreachable(), ...[...started.values()].map(gateway => gateway.close())]);
    },
  };
}

async function startSite(
  site: FleetSite,
  clock: Clock,
  limits: LimitOptions,
  port: number | undefined,
  holdings: Holdings | undefined,
): Promise<SampleGateway> {
  const { kind, version, status } = site;
  const options = {
    kind,
    clock,
    limits,
    scenarios: 'none',
    ...(version && { version }),
    ...(status && { status }),
    ...(holdings && { holdings }),
  } as const;
  try {
    return await startSampleGateway({ ...options, ...(port !== undefined && { port }) });
  } catch (error) {
    if (port === undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startSampleGateway(options);
  }
}

function addFleetKeys(holdings: Holdings, site: FleetSite, clock: Clock): void {
  const account = holdings.addAccount(site.account);
  const { secretPrefix: prefix } = KINDS[site.kind];
  let used = 0;
  for (const [handle, key] of Object.entries(site.keys)) {
    const state = holdings.addKey(
      handle,
      { holds: { ...key.holds, name: key.label } },
      { account: site.account, ...(prefix && { prefix }) },
    );
    writeHistory(handle, key, holdings, clock);
    // The history moved the figures; the table has the last word about where they stand now.
    state.remain = units(key.left);
    state.used = units(key.used);
    if (key.expiresInDays !== undefined)
      state.expiresAt = Math.round(seconds(clock) + key.expiresInDays * 86_400);
    used += state.used;
  }
  account.quota = units(site.wallet);
  account.used = used;
}

function units(dollars: number): number {
  return Math.round(dollars * UNITS_PER_DOLLAR);
}

/** An origin where nobody answers. Its port is held: a free one would be given to another program meanwhile, which answers. */
async function deadOrigin(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(socket => socket.resetAndDestroy());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}
