import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { usedRawOf } from '../../../../src/core/ledger/usedRaw.ts';
import { quota, reading } from '../../support/samples.ts';

describe('the counter of a reading in the raw units of a log', () => {
  const DOLLARS = { unit: { code: 'USD' }, perUnit: 500_000 } as const;

  it('is what the key used, in whole units', () => {
    // $0.057 are 28,500 units at 500,000 per dollar, which in binary is a little more or less.
    assert.equal(usedRawOf(reading({ quota: quota(19.943, 20) }), DOLLARS), 28_500);
  });

  it('is what an account used', () => {
    assert.equal(usedRawOf(reading({ account: { used: 2 } }), DOLLARS), 1_000_000);
  });

  it('is not known in another unit', () => {
    assert.equal(
      usedRawOf(reading({ quota: quota(5, 20) }), { ...DOLLARS, unit: { code: 'CNY' } }),
      undefined,
    );
  });

  it('is not known without a counter', () => {
    assert.equal(usedRawOf(reading({ account: { balance: 2 } }), DOLLARS), undefined);
    assert.equal(usedRawOf(undefined, DOLLARS), undefined);
  });
});
