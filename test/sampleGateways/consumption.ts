import { FLEET_SITES, type FleetSiteName } from './fleetSites.ts';
import { fixedRandom, request, UNITS_PER_DOLLAR } from './history.ts';
import type { SampleGateway } from './server.ts';

const SMALLEST_PART = 0.3;

/** Lets one interval of work pass: each key that is in use pays for a request of about its pace. */
export function consume(
  gateways: Record<FleetSiteName, SampleGateway>,
  everyMs: number,
  random: () => number,
): void {
  for (const [name, site] of Object.entries(FLEET_SITES)) {
    const gateway = gateways[name as FleetSiteName];
    for (const [handle, key] of Object.entries(site.keys)) {
      // Requests come in bursts: most intervals bring none, and the others bring more to make up for it.
      if (key.pace === 0 || random() > SMALLEST_PART) continue;
      const dollars = (key.pace * everyMs * (0.5 + random())) / 3_600_000 / SMALLEST_PART;
      const quota = Math.max(1, Math.round(dollars * UNITS_PER_DOLLAR));
      const state = gateway.key(handle);
      const capped = !state.unlimited && site.kind !== 'cheapestInference';
      if (!capped || state.remain >= quota) gateway.spend(handle, request(quota, key.models, random));
    }
  }
}

/** Lets keys be used as time passes; the function it returns stops that. */
export function startConsumption(
  gateways: Record<FleetSiteName, SampleGateway>,
  everyMs: number,
): () => void {
  const random = fixedRandom(20_260_615);
  const timer = setInterval(() => consume(gateways, everyMs, random), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
