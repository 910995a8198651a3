import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { StoredSecret } from '../../../../src/core/ports/secrets.ts';
import { keysFile } from '../../../../src/services/exporting/keysFile.ts';
import { parseKnownJson } from '../../../../src/services/importing/parseKnownJson.ts';
import { keyRecord } from '../../support/samples.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const KEYS = [
  keyRecord('a', {
    label: 'One',
    kind: 'newApi',
    baseUrl: 'https://one.example/newapi',
    credential: 'accessToken',
    userId: '7',
    note: 'Lent by Ada',
  }),
  keyRecord('b', { label: 'Two', kind: 'cometApi', baseUrl: 'https://two.example', credential: 'apiKey' }),
];
const STORED = { secret: A } as StoredSecret;

describe('exported keys', () => {
  it('are names and addresses alone where no secrets were asked for', async () => {
    const { text, withoutSecret } = await keysFile(KEYS);
    assert.deepEqual(JSON.parse(text), {
      format: 'key-quota-keys',
      version: 1,
      keys: [
        {
          label: 'One',
          kind: 'newApi',
          baseUrl: 'https://one.example/newapi',
          credential: 'accessToken',
          userId: '7',
          note: 'Lent by Ada',
        },
        { label: 'Two', kind: 'cometApi', baseUrl: 'https://two.example', credential: 'apiKey' },
      ],
    });
    assert.deepEqual(withoutSecret, []);
  });

  it('name the keys whose secret cannot be read', async () => {
    const { text, withoutSecret } = await keysFile(KEYS, async id => (id === 'a' ? STORED : 'unreadable'));
    assert.equal(text.split(A).length, 2, 'one secret, once');
    assert.deepEqual(withoutSecret, ['Two']);
  });

  it('come back whole by an import', async () => {
    const { text } = await keysFile(KEYS, async () => STORED);
    assert.deepEqual(parseKnownJson(JSON.parse(text)), [
      {
        secret: A,
        address: 'https://one.example/newapi',
        name: 'One',
        kind: 'newApi',
        credential: 'accessToken',
        userId: '7',
        note: 'Lent by Ada',
      },
      {
        secret: A,
        address: 'https://two.example',
        name: 'Two',
        kind: 'cometApi',
        credential: 'apiKey',
        userId: undefined,
      },
    ]);
  });
});
