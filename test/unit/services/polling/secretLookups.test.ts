import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SecretLookup, Secrets } from '../../../../src/core/ports/secrets.ts';
import { SecretLookups } from '../../../../src/services/polling/secretLookups.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';

describe('the secrets that a window has read', () => {
  const entryOf = (id: string): SecretLookup => ({
    kind: 'newApi',
    label: id,
    baseUrl: 'https://gw.example',
    credential: 'apiKey',
    secret: secretFor(id),
  });

  function lookups() {
    let late = 0;
    const secrets = { read: async (id: string) => entryOf(id) } as unknown as Secrets;
    const read = new SecretLookups(secrets, () => late++);
    return { read, late: () => late };
  }

  it('are those of the keys that there are, however many, and no longer those of others', async () => {
    const { read, late } = lookups();
    const ids = Array.from({ length: 60 }, (_, index) => `key-${index}`);
    await read.readAll(ids);
    assert.deepEqual(
      ids.map(id => read.resultFor(id)),
      ids.map(entryOf),
    );
    assert.equal(late(), 0, 'none of them came late');
    await read.readAll(['key-0']);
    assert.deepEqual(read.resultFor('key-0'), entryOf('key-0'));
    assert.equal(read.resultFor('key-1'), undefined);
  });
});
