import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  baselineFirstDay,
  certainSpendToday,
  dailyBaseline,
  type WatchedDay,
} from '../../../../src/core/forecast/dailyBaseline.ts';
import { localDay } from '../../../../src/core/usage/range.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';

/** Spend of so many days before today, yesterday first; a day nobody watched is undefined. */
function daysBack(...spends: readonly (number | undefined)[]): Map<string, WatchedDay> {
  return new Map(
    spends.flatMap((spent, index) =>
      spent === undefined ? [] : [[localDay(NOW - (index + 1) * DAY), { spent, watchedMs: 9 * HOUR }]],
    ),
  );
}

describe('an ordinary day', () => {
  const CASES: readonly [what: string, days: Map<string, WatchedDay>, normal: number | undefined][] = [
    ['is the middle one of two weeks, so that one wild day changes nothing', daysBack(1, 2, 3, 90, 2), 2],
    ['lies between two days where their number is even', daysBack(1, 2, 3, 90, 2, 4), 2.5],
    ['counts watched days without spend', daysBack(0, 0, 0, 5, 0), 0],
    ['is unknown before five days were watched', daysBack(1, 1, 1, 1), undefined],
    ['leaves out days that nobody watched', daysBack(undefined, 4, undefined, undefined, 4, 5, 4, 4), 4],
    ['is unknown where none was watched', new Map(), undefined],
    [
      'is unknown where days were looked at for moments only',
      new Map([...daysBack(1, 1, 1, 1, 1, 1)].map(([day, { spent }]) => [day, { spent, watchedMs: HOUR }])),
      undefined,
    ],
    [
      'is none of what was more than two weeks ago',
      daysBack(...new Array<undefined>(14).fill(undefined), 1, 1, 1, 1, 1),
      undefined,
    ],
  ];
  for (const [what, days, normal] of CASES) it(what, () => assert.equal(dailyBaseline(days, NOW), normal));

  it('is the median of the last two weeks', () =>
    assert.equal(baselineFirstDay(NOW), localDay(NOW - 14 * DAY)));
});

describe('spend of today', () => {
  const midnight = new Date(NOW).setHours(0, 0, 0, 0);
  const span = (hours: number, spent: number) => ({
    from: midnight + hours * HOUR,
    to: midnight + hours * HOUR,
    spent,
  });

  it('is what came between readings of today', () => {
    assert.equal(certainSpendToday([span(-1, 5), span(1, 0), span(2, 3), span(4, 1)], NOW), 4);
  });

  it('takes today’s part of a short time without readings, and nothing of a long one, which may all be of before', () => {
    assert.equal(certainSpendToday([span(-0.25, 0), span(0.75, 4)], NOW), 3);
    assert.equal(certainSpendToday([span(-0.25, 0), span(0.76, 4)], NOW), 0);
    assert.equal(certainSpendToday([span(-63, 0), span(9, 72), span(10, 2)], NOW), 2, 'a weekend');
    assert.equal(certainSpendToday([span(6, 4)], NOW), 0, 'nothing known of before');
    assert.equal(certainSpendToday([], NOW), 0);
  });
});
