import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Meter, meterSpend, type Point } from '../../../src/quota/spend.ts';
import { round6 } from '../../../src/quota/unit.ts';
import { at, HOUR, MINUTE, NOW } from '../support/samples.ts';

/** What each of these points adds, one every five minutes. */
function spends(points: readonly Omit<Point, 'at'>[]): number[] {
  let meter: Meter | undefined;
  return points.map((point, index) => {
    const metered = meterSpend(meter, { ...point, at: NOW + index * 5 * MINUTE });
    meter = metered.meter;
    return round6(metered.spent);
  });
}

const used = (...amounts: number[]) => amounts.map(amount => ({ used: amount, remaining: 100 - amount }));
const balance = (...amounts: number[]) => amounts.map(remaining => ({ remaining }));

describe('spend between readings', () => {
  const CASES: readonly [what: string, points: readonly Omit<Point, 'at'>[], expected: readonly number[]][] =
    [
      ['what is used at first was spent before anyone looked', used(40, 42), [0, 2]],
      [
        'a figure that dips behind a cache is none, and counts once when it is back',
        used(12, 11.9, 12.1),
        [0, 0, 0.1],
      ],
      [
        'a refund is none, and what is spent up to the old mark is not told',
        used(12, 11, 11.5, 12.5),
        [0, 0, 0, 0.5],
      ],
      ['a counter that began anew counts from there', used(12, 1, 3), [0, 0, 2]],
      [
        'a top-up is none where the gateway counts what was used',
        [
          { used: 5, remaining: 1 },
          { used: 5, remaining: 51 },
          { used: 6, remaining: 50 },
        ],
        [0, 0, 1],
      ],
      ['a balance tells by what it loses; a top-up is none', balance(10, 8, 20, 19), [0, 2, 0, 1]],
    ];
  for (const [what, points, expected] of CASES) it(what, () => assert.deepEqual(spends(points), expected));

  it('a budget that began anew has spent what it says, however little lower that is', () => {
    const points = [
      { used: 5, resetsAt: at(MINUTE) },
      { used: 4, resetsAt: at(HOUR) },
    ];
    assert.deepEqual(spends(points), [0, 4]);
  });

  it('a budget whose end moves with every look has not begun anew', () => {
    const points = [
      { used: 5, resetsAt: at(HOUR) },
      { used: 4.9, resetsAt: at(HOUR + 5 * MINUTE) },
    ];
    assert.deepEqual(spends(points), [0, 0]);
  });
});
