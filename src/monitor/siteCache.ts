import type { Gateway } from '../gateways/gateway.ts';
import type { Site } from '../gateways/site.ts';
import type { Ask } from '../http/boundClient.ts';
import { type FailureReason, GatewayError } from '../quota/failure.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
const RETRY_MS = 30 * 60_000;

/** Without a connection the next question would fail as well, so it is not asked. */
const NO_CONNECTION: ReadonlySet<FailureReason> = new Set([
  'host-not-found',
  'connection-refused',
  'timeout',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'tls',
]);

/**
 * What a gateway says about its units, asked once a day for all keys and windows. A gateway that does not
 * tell is no reason to have no reading: the last good answer serves, or none.
 */
export async function siteOf(
  gateway: Gateway,
  origin: string,
  ask: Ask,
  store: Store,
  now: number,
): Promise<Site | undefined> {
  if (!gateway.readSite) return undefined;
  const cached = store.sites.get(origin);
  const keep = (site: Site | undefined, askedAt: number) =>
    store.transaction(() => store.sites.put(origin, site && JSON.stringify(site), askedAt));
  if (cached && now - cached.askedAt < DAY_MS && now >= cached.askedAt) return parse(cached.site);
  try {
    const site = await gateway.readSite(ask);
    keep(site, now);
    return site;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (NO_CONNECTION.has(error.failure.reason)) throw error;
    const lasting = error.failure.class === 'not-supported';
    keep(undefined, lasting ? now : now - DAY_MS + RETRY_MS);
    return parse(cached?.site);
  }
}

function parse(site: string | undefined): Site | undefined {
  return site === undefined ? undefined : (JSON.parse(site) as Site);
}
