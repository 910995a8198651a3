import { type FailureReason, failed, GatewayError } from '../quota/failure.ts';

const REASONS: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  CERT_SIGNATURE_FAILURE: 'certificate-untrusted',
  CERT_REJECTED: 'certificate-untrusted',
  CERT_REVOKED: 'certificate-untrusted',
  CERT_CHAIN_TOO_LONG: 'certificate-untrusted',
  INVALID_CA: 'certificate-untrusted',
  INVALID_PURPOSE: 'certificate-untrusted',
  PATH_LENGTH_EXCEEDED: 'certificate-untrusted',
  HOSTNAME_MISMATCH: 'certificate-name',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  UND_ERR_PRX_TLS: 'proxy',
  UND_ERR_PRX_CONN: 'proxy',
  UND_ERR_SOCKS5_AUTH_FAILED: 'proxy-login',
  UND_ERR_SOCKS5_AUTH_REJECTED: 'proxy-login',
  UND_ERR_SOCKS5_AUTH_METHOD: 'proxy-login',
  // What a SOCKS proxy says of the gateway behind it.
  UND_ERR_SOCKS5_REPLY_4: 'host-not-found',
  UND_ERR_SOCKS5_REPLY_5: 'connection-refused',
};

/** The code of an error on a way that leads by a proxy of the gateway's own. */
export const BY_PROXY = 'KEY_QUOTA_BY_PROXY';

/** Codes of the operating system: with a proxy they speak of it, since it is all that is connected to. */
const OF_THE_SYSTEM = /^E(?!RR_)/;

/**
 * What a thrown error of the network means. No thrown text is ever passed on, because the message of a rejected
 * header value holds the secret itself: codes are looked at, and two messages of proxies that have none.
 */
export function networkError(error: unknown, timedOut: boolean): Error {
  if (error instanceof GatewayError) return error;
  if (timedOut) return failed('transient', 'timeout');
  if (error instanceof Error && error.name === 'AbortError') return error;
  const codes = codesOf(error);
  const byProxy = codes.includes(BY_PROXY);
  if (byProxy && wantsLogin(error)) return failed('transient', 'proxy-login');
  for (const code of codes) {
    const reason = REASONS[code];
    if (reason) return failed('transient', byProxy && OF_THE_SYSTEM.test(code) ? 'proxy' : reason);
  }
  if (codes.includes('Z_DATA_ERROR')) return failed('unexpected', 'not-text');
  if (codes.some(code => code.startsWith('ERR_SSL') || code === 'EPROTO')) return failed('transient', 'tls');
  if (codes.some(code => /^UND_ERR_ABORTED$|_PROXY_|SOCKS5/.test(code)) || failedAtProxy(error)) {
    return failed('transient', 'proxy');
  }
  return failed('transient', 'connection-broken');
}

/** The codes along the chain of causes. */
function codesOf(error: unknown): string[] {
  return chainOf(error).flatMap(each => [
    ...('code' in each && typeof each.code === 'string' ? [each.code] : []),
    ...(each instanceof AggregateError ? each.errors.flatMap(codesOf) : []),
  ]);
}

/** An HTTP proxy that wants a login answers 407, which undici tells by its message alone. */
function wantsLogin(error: unknown): boolean {
  return chainOf(error).some(({ message }) => message.includes('(407)'));
}

/** VS Code's own proxy fails without a code, and in its message names the proxy. */
function failedAtProxy(error: unknown): boolean {
  const start = 'Failed to establish a socket connection to proxies:';
  return chainOf(error).some(({ message }) => message.startsWith(start));
}

/** An error and its causes; undici wraps the real error once or twice. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < 6; each = each.cause) chain.push(each);
  return chain;
}
