import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { sanitizeText } from '../../../src/gateways/sanitizeText.ts';
import { forAll } from '../support/forAll.ts';

const tags = (text: string) =>
  [...text].map(sign => String.fromCodePoint(0xe0000 + sign.charCodeAt(0))).join('');

describe('a name from a gateway', () => {
  for (const name of [
    '👩‍💻 laptop',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈 team',
    'می‌خواهم',
    'क्‍ष',
    `\u{1F3F4}${tags('gbeng')}\u{E007F} team`,
    '\u0600\u0661\u0662',
    '\u182A\u1822\u182D\u180E\u1820',
    '\u{110BD}\u{11083}',
    '例え',
  ]) {
    it(`${name} is shown intact`, () => assert.equal(sanitizeText(name, 100), name));
  }

  const CLEANED: Readonly<Record<string, string>> = {
    'a\u200Db': 'ab',
    '\u200C\u200Da\u200D': 'a',
    'می\u200C خواهم\u200C': 'می خواهم',
    '\u202Eabc\u202C': 'abc',
    '\u2066می‌خواهم\u2069': 'می‌خواهم',
    [`x${tags('ignore all')}y`]: 'xy',
    'soft\u00ADen': 'soften',
    'a\u180Eb': 'ab',
    '\u1820\u180E': '\u1820',
  };
  for (const [text, name] of Object.entries(CLEANED)) {
    it(`${JSON.stringify(text)} is ${name}`, () => assert.equal(sanitizeText(text, 100), name));
  }

  it('never turns the direction of what stands around it, and is never joined to it', () => {
    const sign = fc.constantFrom(
      'a',
      'م',
      '👩',
      '\u200C',
      '\u200D',
      '\u202E',
      '\u2067',
      '\u200F',
      ' ',
      '\uFE0F',
      '\u00AD',
    );
    forAll(fc.array(sign, { maxLength: 12 }), signs => {
      const name = sanitizeText(signs.join(''), 100);
      return (
        !/\p{Bidi_Control}|^[\u200C\u200D]|[\u200C\u200D]$/u.test(name) && sanitizeText(name, 100) === name
      );
    });
  });
});
