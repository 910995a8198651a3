import { type FailureReason, failed, GatewayError } from '../core/quota/failure.ts';

/** The error code where a proxy accepted the connection and did not answer the greeting. */
export const PROXY_SILENT_CODE = 'KEY_QUOTA_PROXY_SILENT';

const REASON_BY_CODE: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
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
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not-http',
  // Undici asserts on answers that it does not expect.
  ERR_ASSERTION: 'not-http',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client-certificate',
  ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE: 'client-certificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'client-certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'client-certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'client-certificate',
  UND_ERR_PRX_CONN: 'proxy',
  UND_ERR_SOCKS5_AUTH_FAILED: 'proxy-login',
  UND_ERR_SOCKS5_AUTH_REJECTED: 'proxy-login',
  UND_ERR_SOCKS5_AUTH_METHOD: 'proxy-login',
  UND_ERR_SOCKS5_VERSION: 'proxy-protocol',
  UND_ERR_SOCKS5_AUTH_VERSION: 'proxy-protocol',
  UND_ERR_SOCKS5_REPLY_VERSION: 'proxy-protocol',
  UND_ERR_SOCKS5_ADDR_TYPE: 'proxy-protocol',
  [PROXY_SILENT_CODE]: 'proxy-silent',
  // What a SOCKS proxy answers about the gateway behind it.
  UND_ERR_SOCKS5_REPLY_4: 'host-not-found',
  UND_ERR_SOCKS5_REPLY_5: 'connection-refused',
};

/** The system's codes for a missing network: no route, or no name server that answers. */
const OFFLINE_CODES: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN']);

/** Reasons that do not go away by themselves. */
const UNEXPECTED_REASONS: ReadonlySet<FailureReason> = new Set([
  'not-http',
  'not-text',
  'client-certificate',
]);

/** The error code where the gateway's own proxy failed, and not the gateway behind it. */
export const PROXY_ERROR_CODE = 'KEY_QUOTA_AT_PROXY';

/**
 * What a thrown network error means. The error's own text is never passed on, because the message of a rejected header
 * value contains the secret: only codes are used, and the messages of proxies that have no code.
 */
export function networkError(error: unknown, timedOut: boolean): Error {
  if (error instanceof GatewayError) return error;
  if (timedOut) return failed('transient', 'timeout');
  const codes = errorCodes(error);
  if (isProxyLoginRequired(error)) return failed('transient', 'proxy-login');
  const reason = reasonOfCodes(codes) ?? (isUndiciParserError(error) ? 'not-http' : undefined);
  if (codes.includes(PROXY_ERROR_CODE)) return failed('transient', proxyReasonFor(reason));
  if (reason && UNEXPECTED_REASONS.has(reason)) return failed('unexpected', reason);
  if (reason) return failed('transient', reason);
  if (codes.some(code => /_PROXY_|SOCKS5/.test(code)) || isVscodeProxyError(error)) {
    return failed('transient', 'proxy');
  }
  return failed('transient', 'connection-broken');
}

function reasonOfCodes(codes: readonly string[]): FailureReason | undefined {
  for (const code of codes) if (REASON_BY_CODE[code]) return REASON_BY_CODE[code];
  // Checked last: one of two addresses may be of a family (IPv6) that this network lacks.
  if (codes.some(code => OFFLINE_CODES.has(code))) return 'offline';
  if (codes.includes('Z_DATA_ERROR')) return 'not-text';
  if (codes.some(isHttpParserCode)) return 'not-http';
  if (codes.some(code => code.startsWith('ERR_SSL') || code === 'EPROTO')) return 'tls';
  return undefined;
}

/**
 * Codes of Node's HTTP parser for bytes that are not HTTP; among them is the end of a connection in the middle of an
 * answer.
 */
function isHttpParserCode(code: string): boolean {
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE';
}

/** Undici has a class of errors for this, and for an answer that it does not accept two messages. */
function isUndiciParserError(error: unknown): boolean {
  return errorChain(error).some(
    ({ name, message }) =>
      (name === 'HTTPParserError' && !message.includes('EOF')) || /^bad (?:response|upgrade)$/.test(message),
  );
}

/** The reason where the error was the proxy's. What a proxy says about the gateway stays as it is. */
function proxyReasonFor(reason: FailureReason | undefined): FailureReason {
  switch (reason) {
    case 'certificate-untrusted':
    case 'certificate-expired':
    case 'certificate-name':
      return 'proxy-certificate';
    case 'not-http':
    case 'headers-too-large':
    case 'tls':
    case 'proxy-protocol':
      return 'proxy-protocol';
    case 'proxy-login':
    case 'proxy-silent':
      return reason;
    default:
      return 'proxy';
  }
}

/** The codes along the chain of causes. */
function errorCodes(error: unknown): string[] {
  return errorChain(error).flatMap(each => [
    ...('code' in each && typeof each.code === 'string' ? [each.code] : []),
    ...(each instanceof AggregateError ? each.errors.flatMap(errorCodes) : []),
  ]);
}

/** An HTTP proxy that requires a login answers 407, which undici reports only in its message. */
function isProxyLoginRequired(error: unknown): boolean {
  return errorChain(error).some(({ message }) =>
    /^Proxy (?:response|Authentication Required) \(407\)/.test(message),
  );
}

/** VS Code's own proxy fails without a code, and with that of an aborted request where it refuses a tunnel. */
function isVscodeProxyError(error: unknown): boolean {
  const start = /^(?:Failed to establish a socket connection to proxies:|Proxy response \()/;
  return errorChain(error).some(({ message }) => start.test(message));
}

/** An error and its causes; undici wraps the real error once or twice. */
function errorChain(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < 6; each = each.cause) chain.push(each);
  return chain;
}
