import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, it } from 'mocha';
import { type FailureReason, GatewayError } from '../../../src/core/quota/failure.ts';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { makeCertificate, type TlsKind } from '../../sampleGateways/certificate.ts';
import { realClock } from '../../sampleGateways/clock.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';

const send = createTransport(
  () => sendByDefault,
  () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
);

/** The status of an answer, or why there is none. */
async function outcome(gateway: SampleGateway, origin = gateway.origin): Promise<number | FailureReason> {
  const headers = { authorization: `Bearer ${gateway.secret('ok')}` };
  try {
    return (await send({ url: new URL('/api/usage/token/', origin), headers })).status;
  } catch (error) {
    assert.ok(error instanceof GatewayError, String(error));
    assert.equal(
      error.failure.class,
      error.failure.reason === 'client-certificate' ? 'unexpected' : 'transient',
    );
    return error.failure.reason;
  }
}

describe('certificates', () => {
  const usual = tls.getCACertificates('default');
  let gateway: SampleGateway;

  afterEach(async () => {
    tls.setDefaultCACertificates(usual);
    await gateway.close();
  });

  const OUTCOMES: readonly [TlsKind, untrusted: FailureReason, trusted: FailureReason | 200][] = [
    ['selfSigned', 'certificate-untrusted', 200],
    ['ownCa', 'certificate-untrusted', 200],
    ['expired', 'certificate-expired', 'certificate-expired'],
    ['wrongHost', 'certificate-untrusted', 'certificate-name'],
  ];
  for (const [kind, untrusted, trusted] of OUTCOMES) {
    it(`${kind}: ${untrusted}, and ${trusted} once its issuer is trusted`, async () => {
      gateway = await startSampleGateway({ tls: kind });
      assert.equal(await outcome(gateway), untrusted);
      assert.deepEqual(gateway.calls, [], 'nothing was sent');
      tls.setDefaultCACertificates([...usual, gateway.ca ?? '']);
      assert.equal(await outcome(gateway), trusted);
    });
  }

  // TLS 1.2 has no word of its own for it.
  for (const [maxVersion, reason] of [
    ['TLSv1.3', 'client-certificate'],
    ['TLSv1.2', 'tls'],
  ] as const) {
    it(`a server that wants a certificate of ours, by ${maxVersion}: ${reason}`, async () => {
      gateway = await startSampleGateway();
      const { key, chain, ca } = await makeCertificate('ownCa', realClock);
      tls.setDefaultCACertificates([...usual, ca]);
      const server = createServer({ key, cert: chain, requestCert: true, maxVersion });
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      assert.equal(await outcome(gateway, `https://127.0.0.1:${port}`), reason);
      server.close();
      server.closeAllConnections();
    });
  }

  it('https to a port that speaks http', async () => {
    gateway = await startSampleGateway();
    assert.equal(await outcome(gateway, gateway.origin.replace('http:', 'https:')), 'tls');
    assert.deepEqual(gateway.calls, []);
  });

  it('http to a port that speaks https', async () => {
    gateway = await startSampleGateway({ tls: 'ownCa' });
    assert.equal(await outcome(gateway, gateway.origin.replace('https:', 'http:')), 'connection-broken');
    assert.deepEqual(gateway.calls, []);
  });
});
