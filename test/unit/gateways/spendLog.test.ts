import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gateways } from '../../../src/gateways/registry.ts';

describe('what a gateway lets be read of spend without a person’s asking', () => {
  it('is a log or a sum that neither costs nor changes anything, and no more', () => {
    const logs = gateways.flatMap(({ kind, credentials }) =>
      credentials.flatMap(({ type, spendLog }) => (spendLog ? [[kind, type, spendLog.limiter]] : [])),
    );
    assert.deepEqual(logs, [
      ['newApi', 'apiKey', 'scarce'],
      ['newApi', 'accessToken', 'general'],
      ['cometApi', 'apiKey', 'scarce'],
      ['cometApi', 'queryKey', 'general'],
      ['aioHub', 'accessToken', 'general'],
      // The daily activity of the key alone, by its hash.
      ['liteLlm', 'apiKey', 'management'],
      // The same answer that tells what is left.
      ['sub2Api', 'apiKey', 'general'],
    ]);
  });

  it('counts against a limiter that the gateway has', () => {
    for (const { kind, credentials, limiters } of gateways)
      for (const { spendLog } of credentials) assert.ok(!spendLog || limiters[spendLog.limiter], kind);
  });
});
