import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseBudget } from '../../../../src/core/input/parseBudget.ts';

describe('a budget', () => {
  it('is an amount above zero, with a unit or without', () => {
    assert.deepEqual(parseBudget(200), { amount: 200 });
    assert.deepEqual(parseBudget(' 200.50 '), { amount: 200.5 });
    assert.deepEqual(parseBudget('200 usd'), { amount: 200, unit: 'USD' });
  });

  it('is none that could be read in two ways, or not at all', () => {
    for (const text of [
      '',
      '0',
      '-5',
      '1,000',
      '1 000',
      '1 234,5',
      '1,5',
      '200 USD a month',
      'USD 200',
      '1e3',
      'NaN',
      '٢٠٠',
    ])
      assert.equal(parseBudget(text), undefined, text);
    for (const number of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.equal(parseBudget(number), undefined);
  });
});
