import { isExposed } from '../core/input/origin.ts';
import { isPrivateHost } from '../core/input/privateHost.ts';
import { failed } from '../core/quota/failure.ts';

/** How requests to one gateway travel, as the user set it; see the setting `keyQuota.gateways`. */
export interface Route {
  /** `default` is VS Code's way, `direct` no proxy at all, anything else a proxy's address. */
  readonly proxy?: string;
  /** A file of certificates in PEM, trusted for this gateway in place of all others. */
  readonly caFile?: string;
  /** Plain http, for a gateway in a network of one's own. */
  readonly allowHttp?: boolean;
}

/**
 * Whether plain http may be used for an origin: only where the user said so for this very one, and only
 * where it can be in a network of their own.
 */
export function mayBePlain(origin: string, route: Route | undefined): boolean {
  return route?.allowHttp === true && isPrivateHost(new URL(origin).hostname);
}

/** Throws unless a request to this address would be unreadable on the way, or the user allowed it to be read. */
export function refuseExposed(url: URL, route: Route | undefined): void {
  if (!isExposed(url) || mayBePlain(url.origin, route)) return;
  throw failed('transient', isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public');
}
