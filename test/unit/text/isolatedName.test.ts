import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isolatedName } from '../../../src/text/isolatedName.ts';

describe('a name in a sentence', () => {
  for (const name of ['Team', '键名', '', 'a: $5.00']) {
    it(`is unchanged: ${name}`, () => assert.equal(isolatedName(name), name));
  }

  for (const name of ['שלום', 'key عربي 12', '\u{1E900}']) {
    it(`is isolated where some of it runs from right to left: ${name}`, () =>
      assert.equal(isolatedName(name), `\u2068${name}\u2069`));
  }
});
