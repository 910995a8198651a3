import { deepEqual } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { SecretMatcher } from '../../../src/redaction/secretMatcher.ts';
import { forAll } from '../support/forAll.ts';

function matcherOf(...texts: readonly string[]): SecretMatcher {
  const matcher = new SecretMatcher();
  for (const text of texts) matcher.addText(text);
  return matcher;
}

describe('parts of secrets in a text', () => {
  const matcher = matcherOf('abcdefghij');

  for (const [what, text, spans] of [
    ['the whole text', 'abcdefghij', [[0, 10]]],
    ['a part between words', 'so bcdefghi it is', [[3, 11]]],
    ['a part at the very end', 'it is cdefghij', [[6, 14]]],
    ['a part right after a character that no part has', '€€abcdefgh', [[2, 10]]],
    ['a part at the end of a longer run', 'jjjabcdefgh!', [[3, 11]]],
    [
      'two parts that one character keeps apart',
      'abcdefgh cdefghij',
      [
        [0, 8],
        [9, 17],
      ],
    ],
    ['two parts that touch', 'abcdefghabcdefgh', [[0, 16]]],
    ['letters of the other case', 'x ABCDefgh', [[2, 10]]],
    ['seven characters of a part', 'abcdefg bcdefgh', []],
    ['a part with a space in it', 'abcd efgh', []],
    ['nothing', '', []],
  ] as const) {
    it(`are found in ${what}`, () => deepEqual(matcher.findSpans(text), spans));
  }

  it('are found where they have spaces and characters beyond ASCII', () => {
    const odd = matcherOf('pass wörd é');
    // The same length in capitals; only the letters of ASCII have two cases.
    deepEqual(odd.findSpans('“PASS WöRD é”'), [[1, 12]]);
    deepEqual(odd.findSpans('“PASS WÖRD é”'), []);
  });

  it('are those that a plain search at every place finds', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aAbB1-_ é€'), maxLength: 40 });
    const cases = fc.tuple(fc.array(text, { maxLength: 3 }), text, text);
    forAll(cases, ([secrets, before, after]) => {
      const around = `${before}${(secrets[0] ?? '').slice(0, 11)}${after}`;
      return isDeepStrictEqual(matcherOf(...secrets).findSpans(around), plainSpans(secrets, around));
    });
  });
});

function plainSpans(secrets: readonly string[], text: string): readonly (readonly [number, number])[] {
  const lower = (all: string) => all.replace(/[A-Z]/g, letter => letter.toLowerCase());
  const isPart = (part: string) => part.length === 8 && secrets.some(secret => lower(secret).includes(part));
  const spans: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    if (!isPart(lower(text).slice(at, at + 8))) continue;
    const last = spans.at(-1);
    if (last && at <= last[1]) last[1] = at + 8;
    else spans.push([at, at + 8]);
  }
  return spans;
}
