import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendingProgress } from '../../../src/core/spendingLimits/spendingLimit.ts';
import { limitText } from '../../../src/text/spendingLimit.ts';

const PROGRESS: SpendingProgress = {
  period: 'day',
  limit: 5,
  unit: { code: 'USD' },
  spent: 3.201,
  resetsAt: '2026-06-16T00:00:00.000Z',
  complete: true,
};

describe('how much of a spending limit is spent, as text', () => {
  const rows: readonly (readonly [Partial<SpendingProgress>, string])[] = [
    [{}, '$3.21 of $5.00 today'],
    [{ period: 'week' }, '$3.21 of $5.00 this week'],
    [{ period: 'month' }, '$3.21 of $5.00 this month'],
    [{ complete: false }, '≥ $3.20 of $5.00 today'],
    [{ spent: undefined, complete: false }, '– of $5.00 today'],
    [{ spent: 0 }, '$0.00 of $5.00 today'],
    [{ spent: 0, complete: false }, '– of $5.00 today'],
    [{ unit: { code: 'CNY' }, spent: 50, limit: 40 }, '¥50.00 of ¥40.00 today'],
    [{ unit: { code: 'TOKENS' }, spent: 1000, limit: 5000 }, '1,000 tokens of 5,000 tokens today'],
    [{ unit: { code: 'CUSTOM', symbol: 'Ⓒ' } }, 'Ⓒ3.21 of Ⓒ5.00 today'],
  ];
  for (const [more, text] of rows) {
    it(`is ${text}`, () => assert.equal(limitText({ ...PROGRESS, ...more }), text));
  }

  it('says no less at least than what is known of a time within it', () => {
    const part = { ...PROGRESS, period: 'month', complete: false } as const;
    const beside = (other: Partial<SpendingProgress>) => limitText(part, [part, { ...PROGRESS, ...other }]);
    assert.equal(beside({}), '≥ $3.21 of $5.00 this month');
    assert.equal(beside({ spent: 3.209 }), '≥ $3.21 of $5.00 this month');
    for (const other of [
      { complete: false },
      { spent: undefined },
      { spent: 2.5 },
      { unit: { code: 'CNY' } },
    ] as const)
      assert.equal(beside(other), '≥ $3.20 of $5.00 this month', JSON.stringify(other));
  });

  it('may say at least in other words', () => {
    const text = limitText({ ...PROGRESS, complete: false }, [], amount => `at least ${amount}`);
    assert.equal(text, 'at least $3.20 of $5.00 today');
  });
});
