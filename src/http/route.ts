import { isExposed } from '../core/input/origin.ts';
import { isPrivateHost } from '../core/input/privateHost.ts';
import type { Route } from '../core/ports/settings.ts';
import { failed } from '../core/quota/failure.ts';

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
