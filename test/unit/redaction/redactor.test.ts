import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { Redactor } from '../../../src/redaction/redactor.ts';
import { managementKeyFor, secretFor } from '../../sampleGateways/secrets.ts';
import { forAll } from '../support/forAll.ts';

const SECRET = secretFor('redacted');
const BARE = SECRET.slice('sk-'.length);
/** A secret without a prefix that gives it away, and with characters that URLs write otherwise. */
const ODD = `${secretFor('odd', '')}/+=~`;

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.protect(secret);
  return redactor;
}

describe('a protected secret', () => {
  const redactor = redactorOf(SECRET, ODD);
  const base64 = Buffer.from(ODD).toString('base64');
  const FORMS: readonly [how: string, text: string, clean: string][] = [
    ['as it is', `key ${ODD} failed`, 'key ‹secret› failed'],
    ['twice', `${ODD},${ODD}`, '‹secret›,‹secret›'],
    ['URL-encoded', `/quota/${encodeURIComponent(ODD)}`, '/quota/‹secret›'],
    ['in base64', `Basic ${base64.replace(/=+$/, '')}`, 'Basic ‹secret›'],
    ['in base64url', `jwt ${Buffer.from(ODD).toString('base64url')}.`, 'jwt ‹secret›.'],
    ['without its prefix', `token ${BARE}`, 'token ‹secret›'],
    ['in the middle of a word', `x${SECRET}`, 'x‹secret›'],
    ['in JSON', JSON.stringify({ secret: ODD }), '{"secret":"‹secret›"}'],
  ];
  for (const [how, text, clean] of FORMS) {
    it(`${how} is taken out`, () => assert.equal(redactor.redact(text), clean));
  }

  it('is taken out of any text around it', () => {
    forAll(fc.tuple(fc.string(), fc.string()), ([before, after]) => {
      return !redactor.redact(before + ODD + after).includes('CANARY');
    });
  });

  it('may hold characters with a meaning in patterns', () => {
    const sly = `$&(${BARE})[`;
    assert.equal(redactorOf(sly).redact(`a ${sly} b`), 'a ‹secret› b');
  });

  it('too short to tell from a word is left alone', () => {
    assert.equal(redactorOf('quota').redact('the quota'), 'the quota');
  });
});

describe('what looks like a secret', () => {
  const redactor = new Redactor();
  const SHAPES: readonly [text: string, clean: string][] = [
    [`wrong key ${SECRET}.`, 'wrong key ‹secret›.'],
    ['TokenStatusExhausted[sk-abc***xyz]', 'TokenStatusExhausted[‹secret›]'],
    ['sk_live_abcdef012345', '‹secret›'],
    [`nap_${'aB3'.repeat(14)}x refused`, '‹secret› refused'],
    [`owner ${managementKeyFor('team')}`, 'owner ‹secret›'],
    [`Bearer ${BARE}`, '‹secret›'],
    [`authorization: bearer  ${BARE}`, 'authorization: ‹secret›'],
    [`GET /user/quota?key=${BARE}&start_date=1`, 'GET /user/quota?key=‹secret›&start_date=1'],
    [`https://gw.example/?a=1&api_key=${BARE}`, 'https://gw.example/?a=1&api_key=‹secret›'],
    [`?ACCESS_TOKEN=${BARE}`, '?ACCESS_TOKEN=‹secret›'],
    [`?token=${BARE}"`, '?token=‹secret›"'],
  ];
  for (const [text, clean] of SHAPES) {
    it(clean, () => assert.equal(redactor.redact(text), clean));
  }
});

describe('ordinary text', () => {
  const redactor = redactorOf(SECRET);
  const TEXTS = [
    '',
    'Invalid Bearer token',
    'Failed to get token info, please try again later',
    'desk-lamps and risk-management',
    'sk-SK is Slovak',
    'https://gw.example/api/usage/token/?p=0&page_size=100',
    'the key “Team” has expired',
    '令牌额度已用尽',
  ];
  for (const text of TEXTS) {
    it(`is untouched: ${text}`, () => assert.equal(redactor.redact(text), text));
  }
});

describe('texts that are shown together', () => {
  const redactor = redactorOf(SECRET, ODD, 'pa55wd');
  const PIECES = [
    SECRET,
    ODD,
    'pa55wd',
    'Bearer',
    'a1b2c3d4',
    'api_key=',
    '"token":"',
    'https://me:it@gw',
    '',
    'Cline',
  ];
  const texts = fc.array(
    fc.option(
      fc.array(fc.constantFrom(...PIECES)).map(parts => parts.join(' ')),
      { nil: undefined },
    ),
  );

  it('come out as each of them alone', () => {
    assert.deepEqual(redactor.redactTexts(['Cline', undefined, `key ${ODD}`]), [
      'Cline',
      undefined,
      'key ‹secret›',
    ]);
    forAll(texts, all =>
      isDeepStrictEqual(
        redactor.redactTexts(all),
        all.map(text => text && redactor.redact(text)),
      ),
    );
  });

  it('are not copied where there is nothing to take out', () => {
    const clean = ['Cline', undefined, '$12.40'];
    assert.equal(redactor.redactTexts(clean), clean);
  });

  it('keep a secret that is cut by the border of two of them as it is: neither shows it', () => {
    const [start, end] = [ODD.slice(0, 5), ODD.slice(5, 10)];
    assert.deepEqual(redactor.redactTexts([start, end]), [start, end]);
  });
});
