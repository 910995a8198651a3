import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type FailureClass,
  type FailureReason,
  failed,
  GatewayError,
} from '../../../src/core/quota/failure.ts';
import { networkError, PROXY_ERROR_CODE } from '../../../src/http/networkError.ts';

const coded = (code: string, message = code, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const atProxy = (cause: unknown) => coded(PROXY_ERROR_CODE, 'at the proxy', cause);

/** Errors of Node, undici and VS Code, as they were seen, and what each of them means. */
const MEANINGS: readonly (readonly [what: string, error: unknown, FailureClass, FailureReason])[] = [
  ['a body that is not the gzip it says it is', coded('Z_DATA_ERROR'), 'unexpected', 'not-text'],
  ['bytes that are not HTTP', coded('HPE_INVALID_CONSTANT'), 'unexpected', 'not-http'],
  ['an end in the middle of an answer', coded('HPE_INVALID_EOF_STATE'), 'transient', 'connection-broken'],
  ['bytes that undici cannot parse', named('HTTPParserError', 'Invalid method'), 'unexpected', 'not-http'],
  [
    'an end that undici’s parser did not expect',
    named('HTTPParserError', 'Invalid EOF state'),
    'transient',
    'connection-broken',
  ],
  ['an answer that undici does not accept', new Error('bad upgrade'), 'unexpected', 'not-http'],
  ['TLS to a port without', coded('EPROTO'), 'transient', 'tls'],
  ['TLS of another version', coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'transient', 'tls'],
  [
    'a code that is a number',
    Object.assign(new Error('abort'), { code: 20 }),
    'transient',
    'connection-broken',
  ],
  ['a SOCKS proxy that gave up', coded('UND_ERR_SOCKS5_REPLY_1'), 'transient', 'proxy'],
  ['a proxy without an answer', coded('ERR_PROXY_TUNNEL'), 'transient', 'proxy'],
  [
    'VS Code’s proxy that is not there',
    new Error('Failed to establish a socket connection to proxies: PROXY a:1'),
    'transient',
    'proxy',
  ],
  ['a proxy that wants a login', new Error('Proxy response (407) !== 200'), 'transient', 'proxy-login'],
  ['a proxy that refuses the tunnel', new Error('Proxy response (403) !== 200'), 'transient', 'proxy'],
  ['a certificate of the proxy', atProxy(coded('CERT_HAS_EXPIRED')), 'transient', 'proxy-certificate'],
  ['a proxy that speaks no HTTP', atProxy(coded('HPE_INVALID_CONSTANT')), 'transient', 'proxy-protocol'],
  ['a proxy that nobody answers at', atProxy(coded('ECONNREFUSED')), 'transient', 'proxy'],
  [
    'a code in the third cause',
    new Error('a', { cause: new Error('b', { cause: coded('ENOTFOUND') }) }),
    'transient',
    'host-not-found',
  ],
  [
    'one address after the other',
    new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]),
    'transient',
    'connection-refused',
  ],
  ['no way that leads out', coded('ENETUNREACH'), 'transient', 'offline'],
  ['a network that is switched off', coded('ENETDOWN'), 'transient', 'offline'],
  ['no name server that answers', coded('EAI_AGAIN'), 'transient', 'offline'],
  ['a name that nobody has', coded('ENOTFOUND'), 'transient', 'host-not-found'],
  [
    'an address of a kind that this network does not have, and one that refuses',
    new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]),
    'transient',
    'connection-refused',
  ],
  ['what nobody knows', coded('E_NEW'), 'transient', 'connection-broken'],
  ['what is no error', 'text', 'transient', 'connection-broken'],
];

describe('what an error of the network means', () => {
  for (const [what, error, failureClass, reason] of MEANINGS) {
    it(`${what}: ${failureClass}, ${reason}`, () => {
      const meant = networkError(error, false);
      assert.ok(meant instanceof GatewayError);
      assert.deepEqual(meant.failure, failed(failureClass, reason).failure);
    });
  }

  it('what is a failure already stays as it is, even after the timeout', () => {
    const already = failed('unexpected', 'too-large');
    assert.equal(networkError(already, true), already);
  });

  it('after the timeout is the timeout, whatever was thrown', () => {
    const meant = networkError(coded('ECONNRESET'), true);
    assert.deepEqual((meant as GatewayError).failure, failed('transient', 'timeout').failure);
  });

  it('a chain of causes without end is no loop', () => {
    const error = new Error('round');
    error.cause = error;
    assert.deepEqual(
      (networkError(error, false) as GatewayError).failure,
      failed('transient', 'connection-broken').failure,
    );
  });
});
