import { sendsUnencrypted } from '../core/input/origin.ts';
import { isPrivateHost } from '../core/input/privateHost.ts';
import type { Route } from '../core/ports/settings.ts';
import { failed } from '../core/quota/failure.ts';

/**
 * Whether plain http may be used for an origin: only where the user allowed it for this origin, and where the origin
 * can be in the user's own network.
 */
export function mayUsePlainHttp(origin: string, route: Route | undefined): boolean {
  return route?.allowHttp === true && isPrivateHost(new URL(origin).hostname);
}

/**
 * Lets a request pass if nobody can read it on its way, or if the user allowed that.
 *
 * @throws GatewayError `plain-http` where the user could allow it, `plain-http-public` where they cannot.
 */
export function refusePlainHttp(url: URL, route: Route | undefined): void {
  if (!sendsUnencrypted(url) || mayUsePlainHttp(url.origin, route)) return;
  throw failed('transient', isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public');
}
