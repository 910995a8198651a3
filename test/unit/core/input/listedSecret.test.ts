import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { canBeListedAs, secretsListedAs } from '../../../../src/core/input/listedSecret.ts';

const SECRET = 'sk-AbCdEfGhIjKlMnOpQrStUvWx';

describe('a secret in the text of a key list', () => {
  const found = (text: string, secrets: Record<string, string> = { mine: SECRET }) =>
    secretsListedAs(new Map(Object.entries(secrets)))(text);

  for (const text of [
    'sk-AbCdEfGhIjKlMnOpQrStUvWx',
    'AbCdEfGhIjKlMnOpQrStUvWx',
    // New API: four signs, ten of the mask, four signs.
    'AbCd**********UvWx',
    'sk-AbCd**********UvWx',
    'AbCdE...vWx',
    'sk-AbC…vWx',
    // The mask keeps the number of signs: 4 + 16 + 4 of 24.
    'AbCd****************UvWx',
    'AbC•••VWx'.replace('V', 'v'),
  ])
    it(`is found as ${text}`, () => assert.deepEqual(found(text), ['mine']));

  for (const [text, why] of [
    ['', 'nothing'],
    ['**********', 'a mask alone'],
    ['sk-**********', 'a mask after what all secrets begin with'],
    ['AbC**********Wx', 'too few signs'],
    ['AbCd**********UvWy', 'another end'],
    ['aBcD**********UvWx', 'another case'],
    ['AbCd***************UvWx', 'one sign fewer than the secret has'],
    ['AbCdEfGhIjKlM**********MnOpQrStUvWx', 'signs that overlap'],
    ['AbCdEfGhIjKl', 'a beginning without a mask'],
    ['AbCd**********UvWx extra', 'more than a key'],
  ] as const)
    it(`is not found as ${why}`, () => assert.deepEqual(found(text), []));

  it('is found with all others that the text may stand for', () => {
    const secrets = { mine: SECRET, other: 'AbCd0000000000000000UvWx', third: 'sk-Zz' };
    assert.deepEqual(found('AbCd**********UvWx', secrets), ['mine', 'other']);
    assert.deepEqual(found(SECRET, secrets), ['mine']);
  });

  it('begins with “sk-” itself where that is not a prefix', () => {
    assert.deepEqual(found('abc-sk-defgh', { mine: 'sk-abc-sk-defgh' }), ['mine']);
  });
});

describe('a secret that is said to be the one of a list', () => {
  it('can be, as long as the signs that are left say nothing else', () => {
    for (const text of ['**********', 'sk-**********', 'AbC**********Wx', 'AbCd**********UvWx', SECRET])
      assert.ok(canBeListedAs(SECRET, text), text);
  });

  it('cannot be with another beginning, end or length', () => {
    for (const text of ['AbD**********Wx', 'AbC**********WX', 'AbCd***************UvWx', 'sk-AbCd', ''])
      assert.ok(!canBeListedAs(SECRET, text), text);
  });
});
