import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readPasted } from '../../../../src/services/importing/readPasted.ts';

const read = (text: string) =>
  readPasted(text, {
    redactor: { protect: () => undefined, redact: shown => shown },
    environment: {},
    isPlainHttpAllowed: () => false,
    keys: [],
  });

describe('an address alone among what is pasted', () => {
  it('has a dot, a colon or a slash, or is this machine', () => {
    assert.deepEqual(read(' relay.example '), { baseUrl: 'https://relay.example' });
    assert.deepEqual(read('relay:8443/v1'), { baseUrl: 'https://relay:8443' });
    assert.deepEqual(read('localhost'), { baseUrl: 'http://localhost' });
  });

  it('is no word, which may be a short key and would be looked up as a host', () => {
    for (const word of ['correct1horse', 'abcd1234efgh5678ijkl'])
      assert.deepEqual(read(word), { problem: 'not-a-url' });
    assert.deepEqual(read(' \n'), { problem: 'empty' });
  });
});
