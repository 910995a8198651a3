import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { round6 } from '../../../../src/core/quota/unit.ts';
import { isSameScale, type Meter, meterSpend } from '../../../../src/core/usage/meter.ts';
import { meterPointOf, type Point } from '../../../../src/core/usage/meterPoint.ts';
import { at, HOUR, MINUTE, NOW } from '../../support/samples.ts';

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
      ['a counter that was reset counts from there', used(12, 1, 3), [0, 0, 2]],
      ['one that fell to half has not been reset yet', used(12, 6, 7), [0, 0, 0]],
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

  const hours = (...points: readonly (readonly [hours: number, used: number])[]) => {
    let meter: Meter | undefined;
    return points.map(([after, amount]) => {
      const metered = meterSpend(meter, { used: amount, at: NOW + after * HOUR });
      meter = metered.meter;
      return round6(metered.spent);
    });
  };

  it('a refund is the new truth after half an hour: what is spent from there on counts', () => {
    assert.deepEqual(hours([0, 12], [1, 7], [2, 7.5], [3, 8.5]), [0, 0, 0.5, 1]);
  });

  it('a refund that is half an hour old is no dip any more', () => {
    assert.deepEqual(hours([0, 12], [1, 7], [1.5, 7.5]), [0, 0, 0.5]);
  });

  it('a second refund is the new truth half an hour after it', () => {
    assert.deepEqual(hours([0, 12], [0.1, 11], [0.3, 10], [0.7, 10.2], [0.9, 10.5]), [0, 0, 0, 0, 0.5]);
  });

  it('the half hour begins with the refund, not with the last reading that shows it', () => {
    assert.deepEqual(hours([0, 12], [0.1, 11], [0.5, 11], [0.65, 11.5]), [0, 0, 0, 0.5]);
  });

  it('a gateway that lost some counts in a restart is believed after half an hour', () => {
    assert.deepEqual(hours([0, 12], [0.1, 11.8], [0.2, 11.9], [1, 11.95], [2, 12.1]), [0, 0, 0, 0.15, 0.15]);
  });

  it('a counter that was gone for a moment, as behind another copy, is none', () => {
    assert.deepEqual(hours([0, 500], [0.1, 3], [0.2, 500], [0.3, 501]), [0, 0, 0, 1]);
    assert.deepEqual(hours([0, 500], [0.1, 0], [0.2, 1], [0.3, 0], [0.4, 502]), [0, 0, 1, 0, 2]);
  });

  it('a counter that is back at what it was, or above, counts from there, and may have been reset after half an hour', () => {
    const back = (after: number, amount: number) => {
      const { meter } = meterSpend({ high: 5 }, { used: 0, at: NOW + HOUR });
      const { spent, hasReset } = meterSpend(meter, { used: amount, at: NOW + after * HOUR });
      return [round6(spent), hasReset];
    };
    assert.deepEqual(
      [back(1.2, 5), back(1.2, 5.5)],
      [
        [0, false],
        [0.5, false],
      ],
    );
    assert.deepEqual(
      [back(1.6, 5), back(13, 5.5)],
      [
        [0, true],
        [0.5, true],
      ],
    );
    // What it lacks was reset, and it counts on from 0.
    assert.deepEqual(back(1.6, 4.5), [4.5, undefined]);
    assert.deepEqual(
      hours([0, 5], [1, 0], [1.6, 0], [2.2, 5]),
      [0, 0, 0, 5],
      'it stood at 0 for half an hour',
    );
  });

  describe('that leaps by more than thirty times what was ever used and left', () => {
    const points = (...figures: readonly (readonly [used: number, remaining: number])[]) =>
      figures.map(([used, remaining]) => ({ used, remaining }));

    it('is none where the next reading takes the leap back', () => {
      // The figure of what is left stays, is 0, or goes along.
      assert.deepEqual(spends(points([2, 18], [18_000, 18], [2.4, 17.6], [3, 17])), [0, 0, 0.4, 0.6]);
      assert.deepEqual(spends(points([2, 18], [18_000, 0], [2.4, 17.6])), [0, 0, 0.4]);
      assert.deepEqual(spends(points([2, 18], [18_000, -17_980], [2.4, 17.6])), [0, 0, 0.4]);
    });

    it('is none after a reading without spend either', () => {
      assert.deepEqual(spends(points([2, 18], [2, 18], [18_000, 18], [2.4, 17.6])), [0, 0, 0, 0.4]);
    });

    it('counts in full at the next reading where that bears it out', () => {
      assert.deepEqual(spends(points([2, 8], [1002, 75], [1003, 74], [1004, 73])), [0, 0, 1001, 1]);
    });

    it('is held for one reading only', () => {
      assert.deepEqual(spends(points([2, 8], [1002, 75], [50_000, 50])), [0, 0, 49_998]);
    });

    it('and then dips is compared with what was before the leap', () => {
      assert.deepEqual(spends(points([2, 18], [18_000, 18], [1.9, 18.1], [2.5, 17.5])), [0, 0, 0, 0.5]);
    });

    it('leaves what was left before it to compare with, where the next reading tells no more', () => {
      assert.deepEqual(spends([...points([2, 18], [18_000, 60]), { remaining: 17.6 }]), [0, 0, 0.4]);
    });

    it('counts at once up to all of it, and where nothing is known to be left', () => {
      assert.deepEqual(spends(points([2, 8], [302, 88])), [0, 300]);
      assert.deepEqual(spends([{ used: 2 }, { used: 18_000 }]), [0, 17_998]);
    });

    it('counts in full where it was a dip that it came back from', () => {
      assert.deepEqual(spends(points([3000, 20], [3, 20], [3002, 18])), [0, 0, 2]);
    });
  });

  describe('of figures that a site converts', () => {
    const counter = { perUnit: 1, source: 'billing', fingerprint: 'f1', isConverted: true };
    const CONVERTED: readonly [
      what: string,
      before: number[],
      after: number[],
      spent: number,
      anew: boolean,
    ][] = [
      ['another rate is no spend', [10, 90], [73, 657], 0, true],
      ['nor is one that is little different', [10, 90], [10.14, 91.26], 0, true],
      ['nor is one with some spend on top', [10, 90], [73.73, 656.27], 0, true],
      ['spend is spend', [10, 90], [12, 88], 2, false],
      ['all that was left can be spent', [50, 50], [100, 0], 50, false],
      ['a top-up is none', [10, 90], [10, 140], 0, false],
      ['nor does it hide spend', [10, 90], [11, 139], 1, false],
      ['nor a twentieth of what was left', [10, 100], [15, 200], 5, false],
      ['a leap of the total and of what was used are another’s figures', [5, 15], [80, 100], 0, true],
      ['so they are where others have used little more', [5, 15], [6, 400], 0, true],
      ['what is spent beyond the end is spend', [99, 1], [101, -1], 2, false],
    ];
    it('spend of a key without a limit is spend, however much it is of all that was', () => {
      for (const used of [10.02, 11, 20, 500]) {
        const metered = meterSpend({ high: 10 }, { at: NOW, used, counter });
        assert.deepEqual([round6(metered.spent), metered.isRescaled ?? false], [round6(used - 10), false]);
      }
    });

    it('spend is spend where the next reading does not tell what is left', () => {
      const metered = meterSpend({ high: 10, remaining: 90 }, { at: NOW, used: 20, counter });
      assert.deepEqual([metered.spent, metered.isRescaled], [10, undefined]);
    });

    for (const [what, [high, remaining], [after, now], spent, anew] of CONVERTED) {
      it(what, () => {
        const point = { at: NOW, used: after, remaining: now, counter };
        const metered = meterSpend({ high, remaining }, point);
        assert.deepEqual([round6(metered.spent), metered.isRescaled ?? false], [spent, anew]);
      });
    }
  });

  it('a budget that was reset has spent what it says, however little lower that is', () => {
    const points = [
      { used: 5, resetsAt: at(MINUTE) },
      { used: 4, resetsAt: at(HOUR) },
    ];
    assert.deepEqual(spends(points), [0, 4]);
  });

  it('a gateway whose clock is some minutes behind resets its budget before its time', () => {
    const points = [
      { used: 5, resetsAt: at(9 * MINUTE) },
      { used: 4, resetsAt: at(HOUR) },
    ];
    assert.deepEqual(spends(points), [0, 4]);
  });

  it('a gateway whose clock is exactly five minutes behind resets its budget before its time', () => {
    const points = [
      { used: 5, resetsAt: at(10 * MINUTE) },
      { used: 4, resetsAt: at(HOUR) },
    ];
    assert.deepEqual(spends(points), [0, 4]);
  });

  it('a budget that still tells the end that has passed, or none, has not been reset', () => {
    const ended = { used: 5, resetsAt: at(MINUTE) };
    assert.deepEqual(spends([ended, { used: 5.5, resetsAt: at(MINUTE) }]), [0, 0.5]);
    assert.deepEqual(spends([ended, { used: 5.5 }]), [0, 0.5]);
  });

  it('a reading without figures has no point', () => {
    assert.equal(meterPointOf({ takenAt: at(0), unit: { code: 'USD', source: 'gateway' } }), undefined);
  });

  it('a reading’s point has what the reading tells, in display units where no others are known', () => {
    const reading = { takenAt: at(0), unit: { code: 'USD', source: 'gateway' } } as const;
    const numbers = (point: Point | undefined) => [point?.used, point?.remaining, point?.counter?.source];
    const unlimited = { ...reading, quota: { unlimited: true, used: 1.4 } };
    assert.deepEqual(numbers(meterPointOf(unlimited)), [1.4, undefined, 'quota used']);
    const counted = { perUnit: 500_000, source: 'usage' };
    assert.deepEqual(numbers(meterPointOf(unlimited, counted)), [700_000, undefined, 'quota used usage']);
  });

  it('a reading’s point has the gateway’s own numbers, where they are of the figure that leads', () => {
    const reading = { takenAt: at(0), unit: { code: 'USD', source: 'gateway' } } as const;
    const quota = { unlimited: false, used: 1, remaining: 3 };
    const counted = { perUnit: 500_000, source: 'usage', used: 500_001, remaining: 1_499_999 };
    const numbers = (point: Point | undefined) => [point?.used, point?.remaining, point?.counter?.source];
    assert.deepEqual(numbers(meterPointOf({ ...reading, quota }, { ...counted, of: 'quota' })), [
      500_001,
      1_499_999,
      'quota used usage',
    ]);
    const account = { balance: 3, used: 1 };
    assert.deepEqual(numbers(meterPointOf({ ...reading, account }, { ...counted, of: 'quota' })), [
      500_000,
      1_500_000,
      'account used usage',
    ]);
    assert.equal(
      meterPointOf({ ...reading, account: { balance: 3 } }, counted)?.counter?.source,
      'account left usage',
    );
  });

  it('a budget whose end moves with every look has not been reset', () => {
    const points = [
      { used: 5, resetsAt: at(HOUR) },
      { used: 4.9, resetsAt: at(HOUR + 5 * MINUTE) },
    ];
    assert.deepEqual(spends(points), [0, 0]);
  });

  describe('of a budget, by a clock that is not the gateway’s', () => {
    for (const days of [2, -2, 400, -400]) {
      const clockAheadMs = days * 24 * HOUR;
      const ends = (ms: number) => ({ clockAheadMs, resetsAt: at(ms - clockAheadMs) });

      it(`${days} days: one whose end moves with every look has not been reset`, () => {
        const points = [5, 5, 5.5, 5.5].map((used, look) => ({
          used,
          ...ends(5 * HOUR + look * 5 * MINUTE),
        }));
        assert.deepEqual(spends(points), [0, 0, 0.5, 0]);
      });

      it(`${days} days: one that was reset has spent what it says`, () => {
        const points = [
          { used: 5, ...ends(3 * MINUTE) },
          { used: 4, ...ends(HOUR) },
        ];
        assert.deepEqual(spends(points), [0, 4]);
      });
    }
  });
});

describe('whether two points surely count by one measure', () => {
  const isOne = (meter: Meter, point: Omit<Point, 'at'>, slack = 2) =>
    isSameScale(meter, { at: NOW, ...point }, slack);
  const before = { high: 40, remaining: 60 };

  it('they do where what was used and what is left have the same sum, but for rounding', () => {
    assert.equal(isOne(before, { used: 45, remaining: 55 }), true);
    assert.equal(isOne(before, { used: 45, remaining: 57 }), true);
    assert.equal(isOne(before, { used: 45, remaining: 53 }), true);
  });

  it('they do not where the sum is another: another scale, or a top-up', () => {
    assert.equal(isOne(before, { used: 45, remaining: 57.01 }), false);
    assert.equal(isOne(before, { used: 80, remaining: 120 }), false);
  });

  it('nobody can tell where one of the four is missing', () => {
    assert.equal(isOne({ remaining: 60 }, { used: 45, remaining: 55 }), false);
    assert.equal(isOne({ high: 40 }, { used: 45, remaining: 55 }), false);
    assert.equal(isOne(before, { remaining: 100 }), false);
    assert.equal(isOne(before, { used: 100 }), false);
  });
});

describe('what a balance lost', () => {
  it('is nothing where one of the two looks did not tell what is left', () => {
    assert.deepEqual(spends([{ remaining: 10 }, {}, { remaining: 8 }, { remaining: 5 }]), [0, 0, 0, 3]);
  });

  it('is what is compared where only one of the two looks tells what was used', () => {
    assert.deepEqual(spends([{ remaining: 10 }, { used: 4, remaining: 7 }, { remaining: 5 }]), [0, 3, 2]);
  });
});
