import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseSecret, type SecretProblem } from '../../../../src/core/input/parseSecret.ts';
import { detectSecretType, fingerprintOf } from '../../../../src/core/input/secretText.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { forAll } from '../../support/forAll.ts';

const SECRET = secretFor('pasted');
const NBSP = '\u00A0';
const ZERO_WIDTH = '\u200B';

describe('a secret as people paste it', () => {
  const PASTED: readonly [how: string, text: string][] = [
    ['alone', SECRET],
    ['with spaces around', `  ${SECRET} `],
    ['with a line break after it', `${SECRET}\r\n`],
    ['with no-break spaces around', `${NBSP}${SECRET}${NBSP}`],
    ['with a byte order mark', `\uFEFF${SECRET}`],
    ['with Bearer', `Bearer ${SECRET}`],
    ['with bearer', `bearer   ${SECRET}`],
    ['as a header', `Authorization: Bearer ${SECRET}`],
    ['as a header without a space', `authorization:${SECRET}`],
    ['with a zero-width space at its end', SECRET + ZERO_WIDTH],
  ];
  for (const [how, text] of PASTED) {
    it(`${how} is the secret`, () => assert.deepEqual(parseSecret(text), { secret: SECRET }));
  }

  it('loses the scheme “Bearer” once only', () => {
    assert.deepEqual(parseSecret(`Bearer${SECRET}`), { secret: `Bearer${SECRET}` });
  });
});

describe('the form of a secret', () => {
  it('tells New API’s access tokens of both ages from its keys', () => {
    assert.deepEqual(
      [`nap_${'aB3'.repeat(14)}x`, 'aB3+'.repeat(8), 'sk-abcdef', 'nap_short'].map(detectSecretType),
      ['token', 'token', 'key', undefined],
    );
  });
});

describe('what no header can carry', () => {
  const REFUSED: readonly [what: string, text: string, problem: SecretProblem][] = [
    ['nothing', '', 'empty'],
    ['spaces', ' \t\n', 'empty'],
    ['the scheme alone', 'Bearer ', 'empty'],
    ['the header alone', 'Authorization: Bearer', 'empty'],
    ['a space inside', `${SECRET} ${SECRET}`, 'unprintable'],
    ['a line break inside', `${SECRET}\n${SECRET}`, 'unprintable'],
    ['a no-break space inside', `${SECRET}${NBSP}x`, 'unprintable'],
    ['a control character', `${SECRET}\u0000`, 'unprintable'],
    ['a letter outside ASCII', `${SECRET}é`, 'unprintable'],
    ['4097 characters', SECRET + 'q7Wv'.repeat(1025).slice(0, 4097 - SECRET.length), 'too-long'],
  ];
  for (const [what, text, problem] of REFUSED) {
    it(`${what}: ${problem}, without quoting it`, () => {
      const parsed = parseSecret(text);
      assert.deepEqual(parsed, { problem });
      assert.ok(!JSON.stringify(parsed).includes('CANARY'));
    });
  }

  it('does not include a secret of 4096 characters', () => {
    const longest = SECRET + 'q7Wv'.repeat(1025).slice(0, 4096 - SECRET.length);
    assert.deepEqual(parseSecret(longest), { secret: longest });
  });

  it('whatever is taken is fit for a header, and is its own clean form', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map(some => `Bearer ${some}`),
    );
    forAll(text, some => {
      const { secret } = parseSecret(some);
      if (secret === undefined) return true;
      return new Headers({ authorization: `Bearer ${secret}` }).get('authorization') === `Bearer ${secret}`;
    });
  });
});

describe('fingerprints', () => {
  const ORIGIN = 'https://gw.example';

  it('are equal for the same key entered twice', () => {
    assert.equal(fingerprintOf(ORIGIN, SECRET), fingerprintOf(ORIGIN, SECRET));
  });

  it('differ by secret and by origin', () => {
    const all = [
      fingerprintOf(ORIGIN, SECRET),
      fingerprintOf(ORIGIN, secretFor('another')),
      fingerprintOf('https://other.example', SECRET),
    ];
    assert.equal(new Set(all).size, 3);
  });

  it('show nothing of the secret', () => assert.match(fingerprintOf(ORIGIN, SECRET), /^[0-9a-f]{16}$/));
});
