import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyRulesOf, parseKeyRules } from '../../../../src/core/warnings/warningRules.ts';

describe('the warning rules of one key', () => {
  const READ: readonly unknown[] = [
    {},
    { off: true },
    { off: ['spend', 'forecast'] },
    { off: [] },
    { percents: [50, 10], amounts: [0, 2.5], expiryDays: [] },
  ];
  for (const rules of READ) {
    it(`${JSON.stringify(rules)} are taken as they are`, () => {
      assert.deepEqual(keyRulesOf(rules), rules);
      assert.deepEqual(parseKeyRules(JSON.stringify(rules)), rules);
    });
  }

  const REFUSED: readonly unknown[] = [
    undefined,
    null,
    'off',
    7,
    { off: false },
    { off: 'spend' },
    { off: ['everything'] },
    { off: ['spend', 'everything'] },
    { off: 'spend', percents: [50] },
    { off: true, percents: [-1] },
    { percents: 50 },
    { amounts: [Number.NaN] },
    { amounts: [Number.POSITIVE_INFINITY] },
    { expiryDays: ['3'] },
  ];
  for (const rules of REFUSED) {
    it(`${JSON.stringify(rules)} are none, and no part of them is taken`, () => {
      assert.equal(keyRulesOf(rules), undefined);
      assert.deepEqual(parseKeyRules(JSON.stringify(rules)), {});
    });
  }

  it('are none where what is kept cannot be read', () => {
    for (const text of ['', '{', '[]', 'null']) assert.deepEqual(parseKeyRules(text), {});
  });

  it('hold for what is named there alone: other members are left out', () => {
    assert.deepEqual(keyRulesOf({ percents: [5], key: 'x' }), { percents: [5] });
  });
});
