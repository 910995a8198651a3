import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  compareFigures,
  isDoubtful,
  mayBeOtherUnit,
  rawOf,
  rawPerBilled,
} from '../../../../src/gateways/newApi/billedFigures.ts';
import type { Site } from '../../../../src/gateways/site.ts';

describe('the raw number behind an amount of billing', () => {
  const SITES: readonly [what: string, site: Site | undefined, perBilled: number | undefined][] = [
    ['dollars', { display: 'USD', unitsPerDollar: 500_000 }, 500_000],
    ['yuan', { display: 'CNY', unitsPerDollar: 500_000, yuanPerDollar: 8 }, 62_500],
    ['yuan without a rate', { display: 'CNY', unitsPerDollar: 500_000 }, undefined],
    ['tokens', { display: 'TOKENS', unitsPerDollar: 500_000 }, 1],
    [
      'a custom currency, which is dollars here',
      { display: 'CUSTOM', unitsPerDollar: 500_000, customPerDollar: 92.5 },
      500_000,
    ],
    ['dollars of a site that does not say how many units make one', { display: 'USD' }, undefined],
    ['an unknown unit', { unitsPerDollar: 500_000 }, undefined],
    ['a site that could not be asked', undefined, undefined],
  ];
  for (const [what, site, perBilled] of SITES) {
    it(`is ${perBilled ?? 'not known'} for one of ${what}`, () =>
      assert.equal(rawPerBilled(site), perBilled));
  }

  const AMOUNTS: readonly [amount: number, perBilled: number, raw: number | undefined][] = [
    [0.2066, 500_000, 103_300],
    // As New API sends it: 103,300 units at 7.25 yuan a dollar, in hundredths.
    [149.785_000_000_000_03 / 100, 500_000 / 7.25, 103_300],
    [0, 500_000, 0],
    [-0.00002, 500_000, -10],
    [4_896_700, 1, 4_896_700],
    // Half a unit: of another rate.
    [0.000_001, 500_000, undefined],
    // The same dollars at a rate of 7.3 in place of 7.25.
    [1.497_85, 500_000 / 7.3, undefined],
    // Too large for its last digits to be known: 10,000,000 dollars are the most.
    [17_592_186, 500_000, 8_796_093_000_000],
    [17_592_187, 500_000, undefined],
  ];
  for (const [amount, perBilled, raw] of AMOUNTS) {
    it(`${amount} at ${perBilled} is ${raw ?? 'none'}`, () => assert.equal(rawOf(amount, perBilled), raw));
  }
});

describe('what a key and billing tell', () => {
  const own = (
    limit: number | undefined,
    used: number,
    left = limit === undefined ? undefined : limit - used,
  ) => ({
    limit,
    used,
    left,
  });
  const CASES: readonly [
    what: string,
    own: Parameters<typeof compareFigures>[0],
    billed: Parameters<typeof compareFigures>[1],
    result: ReturnType<typeof compareFigures>,
  ][] = [
    ['equal to the last digit', own(5000, 100), { limit: 5000, used: 100 }, 'same'],
    ['without a limit', own(undefined, 100), { limit: undefined, used: 100 }, 'same'],
    ['without a limit, used meanwhile', own(undefined, 100), { limit: undefined, used: 1000 }, 'same'],
    ['without a limit, in cents', own(undefined, 100), { limit: undefined, used: 1001 }, 'other'],
    [
      'without a limit, used for the first time',
      own(undefined, 0),
      { limit: undefined, used: 5 },
      'undecided',
    ],
    ['one unit apart in the limit', own(5000, 100), { limit: 5001, used: 100 }, 'other'],
    ['used meanwhile', own(5000, 100), { limit: 5000, used: 110 }, 'undecided'],
    // What a request was charged at its beginning, and did not need, is given back.
    ['less used than the key had told before', own(5000, 100), { limit: 5000, used: 99 }, 'undecided'],
    ['less used of no limit', own(undefined, 100), { limit: undefined, used: 99 }, 'undecided'],
    ['less used, of another limit', own(5000, 100), { limit: 6000, used: 99 }, 'other'],
    ['in dollars where cents are meant', own(5000, 4000), { limit: 5000, used: 40 }, 'other'],
    ['a tenth of the use', own(5000, 4000), { limit: 5000, used: 400 }, 'undecided'],
    ['nothing used', own(5000, 100), { limit: 5000, used: 0 }, 'other'],
    ['in cents', own(5000, 40), { limit: 5000, used: 4000 }, 'other'],
    ['a limit where the key has none', own(undefined, 100), { limit: 5000, used: 100 }, 'other'],
    ['no limit where the key has one', own(5000, 100), { limit: undefined, used: 100 }, 'other'],
    // With Redis: 4,880 of 5,000 left, while the key still tells 100 used of 4,980.
    ['a use that lags in the key’s answer', own(4980, 100, 4880), { limit: 5000, used: 120 }, 'same'],
    ['the account’s', own(5000, 100), { limit: 50_000, used: 700 }, 'other'],
  ];
  for (const [what, told, billed, result] of CASES) {
    it(`${result}: ${what}`, () => assert.equal(compareFigures(told, billed), result));
  }
});

describe('figures of billing after those of before', () => {
  const CASES: readonly [
    what: string,
    before: Parameters<typeof isDoubtful>[0],
    billed: Parameters<typeof isDoubtful>[1],
    isUseProven: boolean,
    doubtful: boolean,
  ][] = [
    ['the same', { limit: 5000, used: 100 }, { limit: 5000, used: 100 }, true, false],
    ['some more used', { limit: 5000, used: 100 }, { limit: 5000, used: 1000 }, true, false],
    ['more than ten times as much used', { limit: 5000, used: 100 }, { limit: 5000, used: 1001 }, true, true],
    ['some given back', { limit: 5000, used: 100 }, { limit: 5000, used: 99 }, true, false],
    ['a tenth used', { limit: 5000, used: 100 }, { limit: 5000, used: 10 }, true, false],
    ['less than a tenth used', { limit: 5000, used: 100 }, { limit: 5000, used: 9 }, true, true],
    ['nothing used any more', { limit: 5000, used: 100 }, { limit: 5000, used: 0 }, true, true],
    ['another limit', { limit: 5000, used: 100 }, { limit: 6000, used: 100 }, true, true],
    ['no limit any more', { limit: 5000, used: 100 }, { limit: undefined, used: 100 }, true, true],
    ['a limit now', { used: 100 }, { limit: 5000, used: 100 }, true, true],
    ['still no limit', { used: 100 }, { limit: undefined, used: 101 }, true, false],
    ['nothing known of before', {}, { limit: 5000, used: 100 }, true, true],
    [
      'the first use, where use was compared',
      { limit: 5000, used: 0 },
      { limit: 5000, used: 7 },
      true,
      false,
    ],
    ['the first use, where none was', { limit: 5000, used: 0 }, { limit: 5000, used: 7 }, false, true],
    ['still unused', { limit: 5000, used: 0 }, { limit: 5000, used: 0 }, false, false],
  ];
  for (const [what, before, billed, isUseProven, doubtful] of CASES) {
    it(`${doubtful ? 'cannot be believed' : 'follow from them'}: ${what}`, () =>
      assert.equal(isDoubtful(before, billed, isUseProven), doubtful));
  }
});

describe('use that may be told in another unit than before', () => {
  const CASES: readonly [
    what: string,
    before: number | undefined,
    limit: number | undefined,
    used: number,
    possible: boolean,
  ][] = [
    ['more used of no limit', 1000, undefined, 1011, true],
    ['less used of no limit', 1000, undefined, 989, true],
    ['a first use of no limit', 0, undefined, 1, true],
    ['hardly more', 1000, undefined, 1010, false],
    ['the same', 1000, undefined, 1000, false],
    ['still nothing', 0, undefined, 0, false],
    ['more of a limit, which would be another one', 1000, 5000, 2000, false],
    ['nothing known of before', undefined, undefined, 1000, false],
  ];
  for (const [what, before, limit, used, possible] of CASES) {
    it(`${possible ? 'perhaps' : 'not'}: ${what}`, () =>
      assert.equal(mayBeOtherUnit({ used: before }, { limit, used }), possible));
  }
});
