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
export type PlainAllowed = (origin: string) => boolean;

/**
 * An origin from an address in parts. Plain http is for loopback, and for what the user allowed it for: anywhere else
 * it would show the key to the network. By the same rule, and no other, an address without a scheme is http.
 */
export function originOf(
  scheme: string | undefined,
  rest: string,
  plainAllowed: PlainAllowed = () => false,
): ParsedOrigin {
  const url = parsed(scheme ?? 'https', rest);
  if (!url || /\s/.test(rest)) return { problem: 'not-a-url' };
  if (url.username !== '' || url.password !== '') return { problem: 'with-password' };
  if (!isHost(url.hostname) || /^\d+(?:[/:?#]|$)/.test(rest)) return { problem: 'not-a-url' };
  const plain = scheme === undefined ? parsed('http', rest) : null;
  if (plain && plain.port !== '443' && mayBePlain(plain, plainAllowed)) return { origin: plain.origin };
  if (!mayBePlain(url, plainAllowed)) {
    return { problem: isPrivateHost(url.hostname) ? 'plain-http' : 'plain-http-public' };
  }
  return { origin: url.origin };
}

/** The dot of the root, which a host name may end in, makes another origin of the same machine. */
function parsed(scheme: string, rest: string): URL | null {
  const url = URL.parse(`${scheme}://${rest}`);
  if (url?.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

function mayBePlain(url: URL, plainAllowed: PlainAllowed): boolean {
  return !isExposed(url) || plainAllowed(url.origin);
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** What is pasted by mistake where a host belongs: a scheme without its colon, a key. */
const NO_HOST = /^(?:https?|[sm]k[-_][^.]*)$/;

/** Whether a host name, as `URL` writes it, can be one. `URL` itself takes quotes and commas for part of a name. */
function isHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  const labels = hostname.split('.');
  return hostname.length <= 253 && !NO_HOST.test(hostname) && labels.every(label => LABEL.test(label));
}

/** Whether what is sent to an origin can be read by everyone on the way. */
export function isExposed(origin: string | URL): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !isLoopback(hostname);
}
