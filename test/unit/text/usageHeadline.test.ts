import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Headline } from '../../../src/core/usage/headline.ts';
import { coveredShareText, flawedFileName } from '../../../src/text/usageHeadline.ts';

describe('how much a figure covers', () => {
  const covered = (more: Partial<Headline>) =>
    coveredShareText({ isComplete: false, keysWithTotal: 1, keyCount: 1, coveredShare: 1, ...more });

  it('is rounded down, and never to nothing or to all', () => {
    assert.equal(covered({ coveredShare: 0 }), 'less than 1% of the range');
    assert.equal(covered({ coveredShare: 0.0099 }), 'less than 1% of the range');
    assert.equal(covered({ coveredShare: 0.01 }), '1% of the range');
    assert.equal(covered({ coveredShare: 0.999 }), '99% of the range');
  });

  it('is not told where it is everything', () => {
    assert.equal(covered({ isComplete: true }), undefined);
    assert.equal(covered({}), undefined);
  });

  it('has no share of the range where no key has a total', () => {
    assert.equal(covered({ keysWithTotal: 0, keyCount: 1200, coveredShare: 0 }), '0 of 1,200 keys');
    assert.equal(covered({ keysWithTotal: 0, coveredShare: 0 }), '0 of 1 key');
  });
});

describe('the name of a file of figures', () => {
  it('says what is wrong with them', () => {
    assert.equal(flawedFileName('usage.csv', undefined), 'usage.csv');
    assert.equal(flawedFileName('usage.csv', 'incomplete'), 'usage-incomplete.csv');
    assert.equal(flawedFileName('my.usage.csv', 'incomplete'), 'my.usage-incomplete.csv');
  });
});
