import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isWeekend, type WatchedHour } from '../../../../src/core/forecast/watchedHours.ts';
import { weekPattern } from '../../../../src/core/forecast/weekPattern.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** A moment of June 2026 by the local clock. The first is a Monday, so the sixth and seventh are a weekend. */
const june = (date: number, hour = 0, minute = 0) => new Date(2026, 5, date, hour, minute).getTime();

const watched = (date: number, hour: number, spent = 0, share = 1): WatchedHour => {
  const at = june(date, hour);
  return { at, share, spent, interpolated: 0, hourOfDay: hour, isWeekend: isWeekend(new Date(at)) };
};

/** The hours from `first` until `end` of a day, with `spent` in each hour from `from` until `to`. */
const day = (date: number, spent: number, [from, to]: readonly [number, number], [first, end] = [0, 24]) =>
  Array.from({ length: end - first }, (_, index) => first + index).map(hour =>
    watched(date, hour, hour >= from && hour < to ? spent : 0),
  );

const NOON = [12, 13] as const;

describe('the pattern of a week', () => {
  useTimeZone('UTC');

  it('has one rate for all hours until three days were watched', () => {
    // $24 in 48 hours: half a dollar an hour.
    const hours = [1, 2].flatMap(date => day(date, 12, NOON));
    assert.equal(weekPattern(hours).runsOutAt(3, june(3)), june(3, 6));
  });

  it('has a rate for each hour from three days on', () => {
    const hours = [1, 2, 3].flatMap(date => day(date, 12, NOON));
    // A quarter of the $12 of each noon.
    assert.equal(weekPattern(hours).runsOutAt(3, june(4)), june(4, 12, 15));
  });

  describe('with a dollar an hour from nine to five on working days, and two at noon on weekends', () => {
    const hours = () => [
      ...[1, 2, 3, 4, 5].flatMap(date => day(date, 1, [9, 17])),
      ...[6, 7].flatMap(date => day(date, 2, NOON)),
    ];
    const runsOutAt = (amount: number, now: number) => weekPattern(hours()).runsOutAt(amount, now);

    it('goes by working days on a working day', () =>
      assert.equal(runsOutAt(4.5, june(12, 8)), june(12, 13, 30)));

    it('goes by weekends on a weekend', () => assert.equal(runsOutAt(3, june(12, 18)), june(14, 12, 30)));

    it('takes the rest of the present hour for its part', () =>
      assert.equal(runsOutAt(0.75, june(12, 9, 30)), june(12, 10, 15)));

    it('uses up an amount with the end of the hour that takes all of it', () =>
      assert.equal(runsOutAt(8, june(12, 8)), june(12, 17)));

    it('goes on over whole weeks of $44', () => {
      assert.equal(runsOutAt(44 + 4.5, june(12, 8)), june(19, 13, 30));
      assert.equal(
        runsOutAt(2 * 44, june(12, 8)),
        june(25, 17),
        'until the Thursday before the third Friday',
      );
    });

    it('uses up nothing at the next spend', () => assert.equal(runsOutAt(0, june(12, 18)), june(13, 12)));
  });

  it('gives an hour of the weekend a rate of its own once half an hour of it was watched', () => {
    const working = [1, 2, 3, 4].flatMap(date => day(date, 1, NOON));
    const runsOutAt = (share: number) =>
      weekPattern([...working, watched(6, 12, 0, share)]).runsOutAt(0.5, june(13));
    assert.equal(runsOutAt(0.5), june(15, 12, 30), 'nothing on Saturday, so on Monday');
    assert.equal(runsOutAt(0.25), june(13, 12, 30), 'as on working days, so on Saturday');
  });

  it('expects the average in hours that were never watched', () => {
    // Twelve hours on each of six days, with $6 in all: a dollar in twelve hours that nobody knows of.
    const hours = [1, 2, 3, 4, 5, 8].flatMap(date => day(date, 1, NOON, [8, 20]));
    assert.equal(Math.round(Number(weekPattern(hours).runsOutAt(0.5, june(8, 20)))), june(9, 2));
  });

  it('has no end without spend, or without a watched hour', () => {
    assert.equal(weekPattern([1, 2, 3].flatMap(date => day(date, 0, NOON))).runsOutAt(1, june(4)), undefined);
    assert.equal(weekPattern([]).runsOutAt(1, june(4)), undefined);
  });
});
