import type { Store } from '../../core/ports/store.ts';
import { type FailureReason, GatewayError } from '../../core/quota/failure.ts';
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { type Site, withFallbackScale } from '../../gateways/site.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import { redactor } from '../../redaction/redactor.ts';
import { notesIn, parseStoredSite } from './siteNotes.ts';

const RETRY_MS = 30 * MINUTE_MS;

/** Without a connection the next request would fail as well, so it is not sent. */
const NO_CONNECTION: ReadonlySet<FailureReason> = new Set([
  'host-not-found',
  'connection-refused',
  'timeout',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'tls',
  'client-certificate',
  'proxy',
  'proxy-login',
  'proxy-login-unread',
  'proxy-setting',
  'proxy-certificate',
  'proxy-protocol',
  'proxy-silent',
  'ca-file',
  'ca-file-content',
  'plain-http',
  'plain-http-public',
  'files-gone',
]);

/** Keys of one gateway that are checked together share one request. */
const pendingByStore = new WeakMap<Store, Map<string, Promise<Site | undefined>>>();

/**
 * What a gateway says about its units, asked once a day for all keys and windows. A gateway that does not
 * tell is no reason to have no reading: the last good answer serves, or none.
 */
export async function siteOf(
  gateway: Gateway,
  baseUrl: string,
  ask: SendRequest,
  store: Store,
  now: number,
): Promise<Site | undefined> {
  if (!gateway.readSite) return undefined;
  const cached = store.sites.siteOf(baseUrl);
  if (cached && now - cached.askedAt < DAY_MS && now >= cached.askedAt) return parseStoredSite(cached.site);
  const pending = pendingByStore.get(store) ?? new Map<string, Promise<Site | undefined>>();
  pendingByStore.set(store, pending);
  const sameRequest = pending.get(baseUrl);
  if (sameRequest) {
    return sameRequest.catch(error => {
      if (error instanceof GatewayError) throw error;
      // The shared request may have ended for a reason that concerns only the other key, such as the end of its claim.
      return siteOf(gateway, baseUrl, ask, store, now);
    });
  }
  const request = askSite(gateway, baseUrl, ask, store, now).finally(() => pending.delete(baseUrl));
  pending.set(baseUrl, request);
  return request;
}

/** The same, read again where the last answer is older than `maxAgeMs`. */
export async function refreshedSite(
  gateway: Gateway,
  baseUrl: string,
  ask: SendRequest,
  store: Store,
  now: number,
  maxAgeMs: number,
): Promise<Site | undefined> {
  const askedAt = store.sites.siteOf(baseUrl)?.askedAt ?? 0;
  const isOld = now - askedAt > maxAgeMs || askedAt > now;
  if (isOld) await store.retryWhileLocked(() => store.transaction(() => store.sites.expireSite(baseUrl)));
  return siteOf(gateway, baseUrl, ask, store, now);
}

async function askSite(
  gateway: Gateway,
  baseUrl: string,
  ask: SendRequest,
  store: Store,
  now: number,
): Promise<Site | undefined> {
  const saveSite = (site: Site | undefined, askedAt: number) => {
    const notes = notesIn(store.sites.siteOf(baseUrl)?.site);
    store.sites.saveSite(baseUrl, site && JSON.stringify({ ...site, notes }), askedAt);
  };
  const saveWhenUnlocked = (site: Site | undefined, askedAt: number) =>
    store.retryWhileLocked(() => store.transaction(() => saveSite(site, askedAt)));
  try {
    const answer = redactor.redactValue(await gateway.readSite?.(ask));
    const site = answer && withFallbackScale(answer, parseStoredSite(store.sites.siteOf(baseUrl)?.site));
    await saveWhenUnlocked(site, now);
    return site;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (NO_CONNECTION.has(error.failure.reason)) throw error;
    const lasting = error.failure.class === 'not-supported';
    await saveWhenUnlocked(undefined, lasting ? now : now - DAY_MS + RETRY_MS);
    return parseStoredSite(store.sites.siteOf(baseUrl)?.site);
  }
}
