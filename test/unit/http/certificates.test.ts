import assert from 'node:assert/strict';
import { rootCertificates } from 'node:tls';
import { describe, it } from 'mocha';
import { certificatesIn } from '../../../src/http/certificates.ts';

describe('the certificates in a text', () => {
  const [one = '', two = ''] = rootCertificates;
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

  it('are all of them, whatever stands between', () => {
    assert.deepEqual(certificatesIn(`CN=one\n${one}\nCN=two\n${two}\n`), [one, two]);
  });

  it('are none where any of them is broken: what is trusted is what the user set, or nothing', () => {
    assert.equal(certificatesIn(`${one}\n${broken}\n`), undefined);
    assert.equal(certificatesIn(broken), undefined);
    assert.equal(certificatesIn('no certificate'), undefined);
  });
});
