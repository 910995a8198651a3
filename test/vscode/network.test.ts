import assert from 'node:assert/strict';
import { addKey, refreshed } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

describe('the network', () => {
  const gateway = useGateway();

  it('is reached through the global fetch, as it is at the time of the call', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    await refreshed(id);
    const before = usageCalls(gateway());
    const asked: string[] = [];
    const { fetch } = globalThis;
    // All extensions share this global; VS Code itself replaces it to bring in proxies and certificates.
    globalThis.fetch = (input, init) => {
      asked.push(new URL(String(input)).pathname);
      return fetch(input, init);
    };
    try {
      await refreshed(id);
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(asked, ['/api/status', '/api/usage/token/']);
    assert.equal(usageCalls(gateway()), before + 1);
  });
});
