import assert from 'node:assert/strict';
import { get } from 'node:https';
import { describe, it } from 'mocha';
import type { TlsKind } from '../../sampleGateways/certificate.ts';
import { startSampleGateway } from '../../sampleGateways/server.ts';

function outcome(origin: string, ca: string | undefined): Promise<number | string | undefined> {
  return new Promise(resolve => {
    get(`${origin}/api/status`, { agent: false, ...(ca !== undefined && { ca }) }, response => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

describe('sample gateway: certificates', () => {
  for (const [kind, untrusted, trusted] of [
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', 200],
    ['ownCa', 'SELF_SIGNED_CERT_IN_CHAIN', 200],
    ['expired', 'CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
    ['wrongHost', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as [TlsKind, string, number | string][]) {
    it(kind, async () => {
      const gateway = await startSampleGateway({ tls: kind, scenarios: 'none' });
      assert.equal(await outcome(gateway.origin, undefined), untrusted);
      assert.equal(await outcome(gateway.origin, gateway.ca), trusted);
      await gateway.close();
    });
  }
});
