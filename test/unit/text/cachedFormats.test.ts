import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cachedFormat } from '../../../src/text/cachedFormats.ts';

describe('cached formats', () => {
  it('are made once, and are all forgotten before there are too many', () => {
    const made: number[] = [];
    const format = cachedFormat((_language, name: number) => made.push(name));
    for (let name = 0; name <= 2000; name++) format(name);
    format(0);
    assert.equal(made.length, 2001);
    format(2001);
    format(2000);
    format(2001);
    assert.deepEqual(made.slice(2001), [2001, 2000]);
  });
});
