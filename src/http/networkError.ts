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
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
};

/**
 * What a thrown fetch error means. Only its code is looked at: the message of a rejected header value
 * holds the secret itself, so no thrown text is ever passed on.
 */
export function networkError(error: unknown, timedOut: boolean): Error {
  if (error instanceof GatewayError) return error;
  if (timedOut) return failed('transient', 'timeout');
  if (error instanceof Error && error.name === 'AbortError') return error;
  const codes = codesOf(error);
  for (const code of codes) {
    const reason = REASONS[code];
    if (reason) return failed('transient', reason);
  }
  if (codes.includes('Z_DATA_ERROR')) return failed('unexpected', 'not-text');
  if (codes.some(code => code.startsWith('ERR_SSL') || code === 'EPROTO')) return failed('transient', 'tls');
  if (codes.includes('UND_ERR_ABORTED') || codes.some(code => code.includes('PROXY'))) {
    return failed('transient', 'proxy');
  }
  return failed('transient', 'connection-broken');
}

/** The codes along the chain of causes; undici wraps the real error once or twice. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
    if (current instanceof AggregateError) codes.push(...current.errors.flatMap(codesOf));
    current = current.cause;
  }
  return codes;
}
