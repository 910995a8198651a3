import { isLoopback, isPrivateHost } from './privateHost.ts';

/** What a person typed as a gateway's address, made into an origin, or why it cannot be one. */
export type ParsedOrigin =
  | { readonly origin: string; readonly problem?: never }
  | { readonly origin?: never; readonly problem: OriginProblem };

export type OriginProblem =
  | 'empty'
  | 'not-a-url'
  | 'not-http'
  | 'with-password'
  | 'plain-http'
  | 'plain-http-public';

/** Whether the user allowed plain http for an origin; see `mayBePlain`. */
export type IsPlainHttpAllowed = (origin: string) => boolean;

/**
 * An origin from an address in parts. Plain http is for loopback, and for what the user allowed it for: anywhere else
 * it would show the key to the network. By the same rule, and no other, an address without a scheme is http.
 */
export function normalizeOrigin(
  scheme: string | undefined,
  rest: string,
  isPlainHttpAllowed: IsPlainHttpAllowed = () => false,
): ParsedOrigin {
  const url = parseUrl(scheme ?? 'https', rest);
  if (!url || /\s/.test(rest)) return { problem: 'not-a-url' };
  if (url.username !== '' || url.password !== '') return { problem: 'with-password' };
  if (!isHost(url.hostname) || isMadeUp(url, rest)) return { problem: 'not-a-url' };
  const plainUrl = scheme === undefined ? parseUrl('http', rest) : null;
  if (plainUrl && plainUrl.port !== '443' && allowsPlainHttp(plainUrl, isPlainHttpAllowed))
    return { origin: plainUrl.origin };
  if (!allowsPlainHttp(url, isPlainHttpAllowed)) {
    return { problem: isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public' };
  }
  return { origin: url.origin };
}

/** The dot of the root, which a host name may end in, makes another origin of the same machine. */
function parseUrl(scheme: string, rest: string): URL | null {
  const url = URL.parse(`${scheme}://${rest}`);
  if (url?.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

function allowsPlainHttp(url: URL, isPlainHttpAllowed: IsPlainHttpAllowed): boolean {
  return !sendsUnencrypted(url) || isPlainHttpAllowed(url.origin);
}

const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** What is pasted by mistake where a host belongs: a scheme without its colon, a key. */
const NOT_A_HOST = /^(?:https?|[sm]k[-_][^.]*)$/;

/** Whether a host name, as `URL` writes it, can be one. `URL` itself takes quotes and commas for part of a name. */
function isHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  const labels = hostname.split('.');
  return (
    hostname.length <= 253 && !NOT_A_HOST.test(hostname) && labels.every(label => HOST_LABEL.test(label))
  );
}

const IP_ADDRESS = /^(?:\d+\.){3}\d+$/;

/**
 * Whether `URL` made an address out of something else: of a number, or of a version such as 1.2.3, which it reads as
 * 1.2.0.3. Nobody listens on port 0.
 */
function isMadeUp({ hostname, port }: URL, rest: string): boolean {
  return port === '0' || (IP_ADDRESS.test(hostname) && !rest.startsWith(hostname));
}

/** Whether what is sent to an origin can be read by everyone on the way. */
export function sendsUnencrypted(origin: string | URL): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !isLoopback(hostname);
}
