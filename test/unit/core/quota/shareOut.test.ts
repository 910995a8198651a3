import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Consumer, shareOut } from '../../../../src/core/quota/shareOut.ts';
import { forAll } from '../../support/forAll.ts';

const taker = (weight: number, most = 100, least = 0): Consumer => ({ weight, least, most });

describe('sharing out by weight', () => {
  const TABLE: readonly [what: string, takers: Consumer[], amount: number, parts: number[]][] = [
    ['equal weights get equal parts', [taker(1), taker(1)], 10, [5, 5]],
    ['three times the weight gets three times as much', [taker(3), taker(1)], 8, [6, 2]],
    ['what one does not need goes to the others', [taker(1, 2), taker(1), taker(1)], 10, [2, 4, 4]],
    ['nobody gets more than it needs', [taker(1, 2), taker(5, 3)], 10, [2, 3]],
    ['a least is kept beside a large weight', [taker(9), taker(1, 100, 4)], 10, [6, 4]],
    ['a taker whose least is its most gets just that', [taker(1, 3, 3), taker(1)], 10, [3, 7]],
    ['nothing among nobody', [], 10, []],
  ];
  for (const [what, takers, amount, parts] of TABLE) {
    it(what, () => assert.deepEqual(shareOut(takers, amount), parts));
  }

  it('gives away no more than there is, and all that is needed', () => {
    const some = fc.array(
      fc.record({
        weight: fc.constantFrom(0.25, 1, 4, 12),
        most: fc.double({ min: 0.01, max: 20, noNaN: true }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    forAll(some, drawn => {
      const amount = 10;
      const leastOfAll = drawn.reduce((sum, { most, part }) => sum + most * part, 0);
      const shrink = Math.min(1, amount / leastOfAll);
      const takers = drawn.map(({ weight, most, part }) => ({ weight, most, least: most * part * shrink }));
      const parts = shareOut(takers, amount);
      const total = parts.reduce((sum, part) => sum + part, 0);
      const needed = takers.reduce((sum, { most }) => sum + most, 0);
      assert.ok(Math.abs(total - Math.min(amount, needed)) < 1e-6, `${total} of ${Math.min(amount, needed)}`);
      for (const [index, { least, most }] of takers.entries()) {
        const part = parts[index] ?? Number.NaN;
        assert.ok(part >= least - 1e-9 && part <= most + 1e-9, `${part} outside ${least} to ${most}`);
      }
      return true;
    });
  });
});
