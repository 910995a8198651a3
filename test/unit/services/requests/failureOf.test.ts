import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { orOffline } from '../../../../src/services/requests/failureOf.ts';

describe('a failure on a machine without a network', () => {
  it('is that of the network where nothing was reached, and of the gateway where it answered', () => {
    for (const reason of ['host-not-found', 'connection-refused', 'connection-broken', 'timeout'] as const) {
      const failure = { class: 'transient', reason } as const;
      assert.deepEqual(orOffline(failure, false), { class: 'transient', reason: 'offline' }, reason);
      assert.equal(orOffline(failure, true), failure, reason);
    }
    const answered = { class: 'transient', reason: 'server-error', status: 500 } as const;
    assert.equal(orOffline(answered, false), answered);
  });
});
