import { sendsUnencrypted } from '../core/input/origin.ts';
import { isPrivateHost } from '../core/input/privateHost.ts';
import type { Route } from '../core/ports/settings.ts';
import { failed } from '../core/quota/failure.ts';

/**
 * Whether plain http may be used for an origin: only where the user said so for this very one, and only
 * where it can be in a network of their own.
 */
export function mayUsePlainHttp(origin: string, route: Route | undefined): boolean {
  return route?.allowHttp === true && isPrivateHost(new URL(origin).hostname);
}

/**
 * Lets a request to this address pass if nobody can read it on the way, or if the user allowed that.
 *
 * @throws GatewayError `plain-http` where allowing it would help, `plain-http-public` where it may not be allowed.
 */
export function refusePlainHttp(url: URL, route: Route | undefined): void {
  if (!sendsUnencrypted(url) || mayUsePlainHttp(url.origin, route)) return;
  throw failed('transient', isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public');
}
