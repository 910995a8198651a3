import { failed } from '../core/quota/failure.ts';
import type { RawResponse } from './send.ts';

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where a redirect leads, or undefined when the response is the answer. A request with a key follows only the redirect
 * that New API needs: same origin, same path except for a slash at its end. Every other one is refused and named,
 * because whether a gateway has moved is for the user to decide. A redirect to another page of the same origin comes
 * from a login or a protection in front of the gateway, and says nothing about the gateway's own data.
 *
 * New API (as of gin 1.9.1) answers `/api/usage/token` with 301 and `Location: /api/usage/token/`, query included, and
 * does the same for a slash too many after its other paths. A query that the redirect leaves out is added again.
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
