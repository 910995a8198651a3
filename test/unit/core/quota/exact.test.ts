import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { exact } from '../../../../src/core/quota/exact.ts';
import { forAll } from '../../support/forAll.ts';

describe('an exact amount', () => {
  it('has none of the noise of a sum', () => {
    assert.equal(0.1 + 0.2, 0.30000000000000004);
    assert.equal(exact(0.1 + 0.2), 0.3);
    assert.equal(exact(1.0000004), 1.0000004);
    assert.ok(Object.is(exact(-0), 0));
    assert.equal(exact(Number.NaN), Number.NaN);
  });

  it('is that of fifteen digits, whichever way it is found', () => {
    const amounts = fc.oneof(
      fc.double(),
      fc.tuple(fc.integer(), fc.constantFrom(1, 500_000, 1e6, 7.3)).map(([raw, perUnit]) => raw / perUnit),
      fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => a / 1e6 + b / 1e6),
      fc.integer({ min: -1000, max: 1000 }).map(offset => 1e8 + offset / 1e6),
    );
    forAll(amounts, amount => Object.is(exact(amount), Number(amount.toPrecision(15)) + 0), 10_000);
  });
});
