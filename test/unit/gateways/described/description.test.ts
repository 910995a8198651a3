import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DESCRIPTION_MISTAKES } from '../../../../src/core/quota/descriptionMistake.ts';
import { parseDescription } from '../../../../src/gateways/described/description.ts';
import { mistakeText } from '../../../../src/text/descriptionMistake.ts';

const GOOD = { path: '/usage', remaining: '$.left' };
const WINDOW = { name: '5h', used: '$.used', limit: '$.limit' };
const windows = (...more: readonly unknown[]) => ({ path: '/usage', windows: more });

/** What a person may write into the setting by hand, and the sentence that says where the mistake is. */
const MISTAKES: readonly (readonly [string, unknown, sentence: RegExp])[] = [
  ['text in place of members', '/usage', /^This must be an object in curly brackets/],
  ['null', null, /^This must be an object/],
  ['a list', [GOOD], /^This must be an object/],
  ['no path', { remaining: '$.left' }, /^“path”: This is missing\.$/],
  ['a path that is a number', { ...GOOD, path: 7 }, /^“path”: This must be a text in quotes\.$/],
  ['a path without its slash', { ...GOOD, path: 'usage' }, /^“path”: This must be a path such as/],
  ['a path of another host', { ...GOOD, path: '//evil.example' }, /^“path”: This leads to another host/],
  ['a path that mints a token', { ...GOOD, path: '/api/user/token' }, /^“path”: .*known to change something/],
  ['a long path', { ...GOOD, path: `/${'a'.repeat(300)}` }, /^“path”: This is too long\.$/],
  ['a slip of the pen', { ...GOOD, remainig: '$.x' }, /^“remainig”: A description has no such member/],
  ['headers', { ...GOOD, headers: { Host: 'x' } }, /^“headers”: A description has no such member/],
  ['a method', { ...GOOD, method: 'POST' }, /^“method”: A description has no such member/],
  ['a body', { ...GOOD, body: {} }, /^“body”: A description has no such member/],
  ['a header Host', { ...GOOD, secretIn: 'header Host' }, /^“secretIn”: This is none of the values/],
  ['a header Cookie', { ...GOOD, secretIn: 'header Cookie' }, /^“secretIn”: This is none/],
  ['a header Forwarded', { ...GOOD, secretIn: 'header Forwarded' }, /^“secretIn”: This is none/],
  ['a header of proxies', { ...GOOD, secretIn: 'header Proxy-Authorization' }, /^“secretIn”: This is none/],
  ['a header X-Forwarded-For', { ...GOOD, secretIn: 'header X-Forwarded-For' }, /^“secretIn”: This is none/],
  ['a header Connection', { ...GOOD, secretIn: 'header Connection' }, /^“secretIn”: This is none/],
  ['two headers in one', { ...GOOD, secretIn: 'header x-api-key\r\nHost: x' }, /^“secretIn”: This is none/],
  ['the body as a place', { ...GOOD, secretIn: 'body' }, /^“secretIn”: This is none/],
  ['no JSON path', { ...GOOD, remaining: 'left' }, /^“remaining”: This is not a JSON path/],
  ['a pattern', { ...GOOD, used: '$[?match(@.a,"(a+)+b")]' }, /^“used”: A JSON path must have no functions/],
  ['a broad path', { ...GOOD, total: '$..*..*' }, /^“total”: This JSON path looks at too much/],
  ['a long JSON path', { ...GOOD, used: `$.${'a'.repeat(200)}` }, /^“used”: This is too long\.$/],
  ['a divisor of 0', { ...GOOD, divisor: 0 }, /^“divisor”: This must be a number that/],
  ['a divisor as text', { ...GOOD, divisor: '100' }, /^“divisor”: This must be a number that/],
  ['half a call', { ...GOOD, callsPerHour: 1.5 }, /^“callsPerHour”: This must be a number that/],
  ['calls without end', { ...GOOD, callsPerHour: 1e9 }, /^“callsPerHour”: This must be a number that/],
  ['another unit', { ...GOOD, unit: 'EUR' }, /^“unit”: This is none of the values/],
  ['a needless symbol', { ...GOOD, symbol: 'EUR' }, /^“symbol”: This does not fit/],
  ['a total of an account', { ...GOOD, of: 'account', total: '$.t' }, /^“total”: This does not fit/],
  ['per cent of an account', { ...GOOD, of: 'account', unit: 'percent' }, /^“of”: This does not fit/],
  ['endless requests', { ...GOOD, unit: 'percent', unlimited: '$.u' }, /^“unlimited”: This does not fit/],
  ['requests of nothing', { ...GOOD, unit: 'requests' }, /^“total”: What is left is unknown without a limit/],
  ['no figure at all', { path: '/usage', expiresAt: '$.end' }, /^Nothing says where a figure is/],
  ['an empty list of windows', windows(), /^Nothing says where a figure is/],
  ['an address that is none', { ...GOOD, address: 'my relay' }, /^“address”: This is not an address/],
  ['windows by name', { ...GOOD, windows: { '5h': WINDOW } }, /^“windows”: This must be a list/],
  ['14 windows', windows(...Array.from({ length: 14 }, () => WINDOW)), /^“windows”: There may be 13/],
  ['a window of text', windows('5h'), /^“windows\[0\]”: This must be an object/],
  ['a window without a name', windows(WINDOW, { used: '$.u' }), /^“windows\[1\]\.name”: This is missing/],
  ['a window of no name', windows({ ...WINDOW, name: '' }), /^“windows\[0\]\.name”: The name must have/],
  [
    'an invisible name',
    windows({ ...WINDOW, name: '5\u202eh' }),
    /^“windows\[0\]\.name”: The name must have/,
  ],
  ['a window of nothing', windows({ name: '5h', limit: '$.l' }), /^“windows\[0\]”: Nothing says where/],
  [
    'a window without end',
    windows({ name: '5h', used: '$.u' }),
    /^“windows\[0\]\.limit”: What is left is unknown without a limit/,
  ],
  ['a window in euros', windows({ ...WINDOW, unit: 'EUR' }), /^“windows\[0\]\.unit”: This is none/],
  ['a reset of text', windows({ ...WINDOW, resetsAt: 'noon' }), /^“windows\[0\]\.resetsAt”: This is not/],
  [
    'a proto',
    JSON.parse('{"path":"/u","remaining":"$.l","__proto__":1}'),
    /^“__proto__”: A description has no such member/,
  ],
];

describe('a description that was written by hand', () => {
  it('is taken as it is where it has no mistake', () => {
    const whole = {
      address: 'relay.example',
      path: '/usage?of=me',
      secretIn: 'header x-api-key',
      of: 'key',
      remaining: '$.left',
      used: '$.used',
      total: '$.total',
      unlimited: '$.endless',
      expiresAt: '$.end',
      unit: 'custom',
      symbol: 'EUR',
      divisor: 100,
      windows: [WINDOW, { name: 'week', unit: 'percent', used: '$.week' }],
      callsPerHour: 12,
    };
    assert.deepEqual(parseDescription('My relay', whole), { description: whole });
  });

  for (const [what, raw, sentence] of MISTAKES)
    it(`is told where its mistake is: ${what}`, () => {
      const { mistake } = parseDescription('My relay', raw);
      assert.ok(mistake);
      assert.match(mistakeText(mistake), sentence);
    });

  for (const name of ['', 'a'.repeat(61), ' mine', 'mi\u202ene', 'a\nb'])
    it(`has to be called something that can be seen: ${JSON.stringify(name).slice(0, 20)}`, () => {
      assert.deepEqual(parseDescription(name, GOOD), { mistake: { mistake: 'bad-name' } });
    });

  it('has a sentence for every mistake', () => {
    const sentences = DESCRIPTION_MISTAKES.map(mistake => mistakeText({ mistake }));
    assert.equal(new Set(sentences).size, DESCRIPTION_MISTAKES.length);
    for (const sentence of sentences) assert.match(sentence, /^[A-Z].+\.?$/);
  });
});
