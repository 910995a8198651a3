import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { secretsInside } from '../../../../src/cli/configuration/secretsInside.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';

/** A secret that no prefix gives away. */
const BARE = secretFor('in a configuration', '');

/** The members that are named, without the sentence. */
const named = (value: unknown) => secretsInside(value).map(text => /^“(.*?)”: This looks/.exec(text)?.[1]);

describe('a secret in the configuration itself', () => {
  it('is named wherever it is, and nothing of it is repeated', () => {
    const value = {
      keys: [{ name: `my ${BARE}` }, { secret: secretFor('plain') }],
      nothing: null,
      pollMinutes: 5,
    };
    assert.deepEqual(named(value), ['keys[0].name', 'keys[1].secret']);
    assert.ok(!secretsInside(value).join().includes('CANARY'));
  });

  it('is known by its characters: small and capital letters with digits, or many hexadecimal ones', () => {
    for (const text of ['Ab1'.repeat(6), '0a'.repeat(16), ` ${'abcdefghij+'.repeat(2)}klmnopq `])
      assert.deepEqual(named({ name: text }), ['name'], text);
    for (const text of ['Ab1'.repeat(5), 'ab1'.repeat(6), 'AB1'.repeat(6), 'abC'.repeat(6), '0a'.repeat(14)])
      assert.deepEqual(named({ name: text }), [], text);
  });

  it('is none where names of files and variables stand, which may look like it', () => {
    for (const member of ['secretFile', 'tokenEnv', '$schema', 'data'])
      assert.deepEqual(named({ [member]: BARE }), [], member);
    assert.deepEqual(named({ tokenFile: secretFor('plain') }), ['tokenFile']);
  });
});
