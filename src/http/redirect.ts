import { failed } from '../core/quota/failure.ts';
import type { RawResponse } from './send.ts';

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where to go on to, or undefined when the response is the answer. The only redirect a key follows is the
 * one New API needs: same origin, same path but for a slash at its end. Every other one is refused and
 * named, because a gateway that moves is something the user must decide about. One to another page of the same
 * origin is what a login or a protection in front of a gateway does: it says nothing about what the gateway has.
 *
 * New API (as of gin 1.9.1) answers `/api/usage/token` with 301 and `Location: /api/usage/token/`, query and all, and a
 * slash too many after its other paths likewise. A query that a redirect leaves out is taken along all the same.
 *
 * @throws GatewayError for every redirect that is not followed; its target is an origin, never a path.
 */
export function nextRedirect(from: URL, response: Pick<RawResponse, 'status' | 'headers'>): URL | undefined {
  if (!REDIRECT_STATUSES.has(response.status)) return undefined;
  const location = response.headers.get('location');
  const to = location === null ? null : URL.parse(location, from);
  if (!to || to.origin === 'null') throw failed('unexpected', 'missing-figures', { status: response.status });
  if (
    to.origin === from.origin &&
    withoutTrailingSlash(to.pathname) === withoutTrailingSlash(from.pathname)
  ) {
    to.search = from.search;
    return to;
  }
  if (to.origin === from.origin) throw failed('transient', 'other-page', { status: response.status });
  const isHttpsUpgrade =
    from.protocol === 'http:' && to.protocol === 'https:' && to.hostname === from.hostname;
  throw failed('unexpected', isHttpsUpgrade ? 'https-instead' : 'redirected', {
    status: response.status,
    target: to.origin,
  });
}

function withoutTrailingSlash(path: string): string {
  return path.replace(/\/$/, '');
}
