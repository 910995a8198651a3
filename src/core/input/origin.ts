import { isLoopback, isPrivateHost } from './privateHost.ts';

/** The normalized origin (`https://host:port`), or why the text cannot be one. */
export type ParsedOrigin =
  | { readonly origin: string; readonly problem?: never }
  | { readonly origin?: never; readonly problem: OriginProblem };

/**
 * Why a text is no origin. `plain-http` is for hosts of a private network, which the user may allow;
 * `plain-http-public` for all others.
 */
export type OriginProblem =
  | 'empty'
  | 'not-a-url'
  | 'not-http'
  | 'with-password'
  | 'plain-http'
  | 'plain-http-public';

/** Whether the user allowed plain http for an origin: `keyQuota.gateways`, `allowHttp`. */
export type IsPlainHttpAllowed = (origin: string) => boolean;

/**
 * Normalizes an address to its origin. `rest` is the address without its scheme. Plain http is for loopback
 * and for origins that the user allowed, because it shows the key to the network; by the same rule an address
 * without a scheme is taken for http there, and for https elsewhere.
 */
export function normalizeOrigin(
  scheme: string | undefined,
  rest: string,
  isPlainHttpAllowed: IsPlainHttpAllowed = () => false,
): ParsedOrigin {
  const url = parseUrl(scheme ?? 'https', rest);
  if (!url || /\s/.test(rest)) return { problem: 'not-a-url' };
  if (url.username !== '' || url.password !== '') return { problem: 'with-password' };
  if (!isHost(url.hostname) || isInventedHost(url, rest)) return { problem: 'not-a-url' };
  const plainUrl = scheme === undefined ? parseUrl('http', rest) : null;
  if (plainUrl && plainUrl.port !== '443' && allowsPlainHttp(plainUrl, isPlainHttpAllowed))
    return { origin: plainUrl.origin };
  if (!allowsPlainHttp(url, isPlainHttpAllowed)) {
    return { problem: isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public' };
  }
  return { origin: url.origin };
}

/**
 * Parses an address, without the dot of the root that a host name may end in: it would be another origin of
 * the same machine.
 */
function parseUrl(scheme: string, rest: string): URL | null {
  const url = URL.parse(`${scheme}://${rest}`);
  if (url?.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

function allowsPlainHttp(url: URL, isPlainHttpAllowed: IsPlainHttpAllowed): boolean {
  return !sendsUnencrypted(url) || isPlainHttpAllowed(url.origin);
}

const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** No host names: a scheme without its colon, and keys. */
const NOT_A_HOST = /^(?:https?|[sm]k[-_][^.]*)$/;

/** Whether a host name, as `URL` writes it, is valid. `URL` itself accepts quotes and commas in a name. */
function isHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  const labels = hostname.split('.');
  return (
    hostname.length <= 253 && !NOT_A_HOST.test(hostname) && labels.every(label => HOST_LABEL.test(label))
  );
}

/** A usual short form of loopback. */
const SHORT_LOOPBACK = /^127(?:\.\d{1,3}){1,2}(?=[/:?#]|$)/;
const IP_ADDRESS = /^(?:\d+\.){3}\d+$/;

/**
 * Whether `URL` made an address out of something else: of a number, or of a version such as 1.2.3, which it reads as
 * 1.2.0.3. Port 0 cannot be connected to.
 */
function isInventedHost({ hostname, port }: URL, rest: string): boolean {
  return (
    port === '0' || (IP_ADDRESS.test(hostname) && !rest.startsWith(hostname) && !SHORT_LOOPBACK.test(rest))
  );
}

/** Whether requests to an origin travel unencrypted through a network: http, and not to this machine. */
export function sendsUnencrypted(origin: string | URL): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !isLoopback(hostname);
}
