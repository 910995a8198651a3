/** What a person typed as a gateway's address, made into an origin, or why it cannot be one. */
export type ParsedOrigin =
  | { readonly origin: string; readonly problem?: never }
  | { readonly origin?: never; readonly problem: OriginProblem };

export type OriginProblem = 'empty' | 'not-a-url' | 'not-http' | 'with-password' | 'plain-http';

/** Whether the user allowed plain http for an origin; see `mayBePlain`. */
export type PlainAllowed = (origin: string) => boolean;

/** What stands before the colon of `localhost:3000` is a host, so only http's two schemes go without slashes. */
const HAS_SCHEME = /^(?:https?:|[a-z][a-z0-9+.-]*:\/\/)/i;

/**
 * Takes whatever was copied from a gateway's documentation (`api.example.com/v1/`) and keeps scheme, host
 * and port. Plain http is for loopback, and for what the user allowed it for: anywhere else it would show the
 * key to the network.
 */
export function parseOrigin(text: string, plainAllowed: PlainAllowed = () => false): ParsedOrigin {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  const withScheme = HAS_SCHEME.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.parse(withScheme);
  if (!url || url.hostname === '' || /\s/.test(trimmed)) return { problem: 'not-a-url' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'not-http' };
  if (url.username !== '' || url.password !== '') return { problem: 'with-password' };
  if (isExposed(url) && !plainAllowed(url.origin)) return { problem: 'plain-http' };
  return { origin: url.origin };
}

/** Whether what is sent to an origin can be read by everyone on the way. */
export function isExposed(origin: string | URL): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** Whether a host name means this machine, so that nothing leaves it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
