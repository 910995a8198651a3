import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendSpan } from '../../../../src/core/forecast/spendSpan.ts';
import { spentBetween, watchedHours } from '../../../../src/core/forecast/watchedHours.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

/** Noon in UTC: the beginning of an hour. */
const NOON = NOW;

/** A sample that was noticed so many minutes after noon, over the minutes before; without those it has no length. */
function sample(noticed: number, spent: number, minutes?: number): SpendSpan {
  const at = NOON + noticed * MINUTE;
  return minutes === undefined ? { at, spent } : { at, since: at - minutes * MINUTE, spent };
}

/** Per hour from so many minutes after noon to so many: what was spent, and how much of that is interpolated. */
const hours = (from: number, to: number, ...spans: readonly SpendSpan[]) =>
  watchedHours(spans, NOON + from * MINUTE, NOON + to * MINUTE).map(({ at, spent, interpolated }) => [
    (at - NOON) / HOUR,
    spent,
    interpolated,
  ]);

describe('the hours that were watched', () => {
  it('share a sample by the time that each has of it', () => {
    // From 12:45 to 14:15: a quarter of an hour, an hour, a quarter of an hour.
    assert.deepEqual(hours(0, 180, sample(135, 6, 90)), [
      [0, 1, 0],
      [1, 4, 0],
      [2, 1, 0],
    ]);
  });

  it('add up several samples of one hour', () => {
    assert.deepEqual(hours(0, 60, sample(10, 1, 10), sample(60, 2, 10)), [[0, 3, 0]]);
  });

  it('have no part of a sample that lies before the beginning', () => {
    // Half of 11:00 to 13:00 lies before noon.
    assert.deepEqual(hours(0, 60, sample(60, 4, 120)), [[0, 2, 0]]);
  });

  it('leave out what was noticed before the beginning, or after the end', () => {
    assert.deepEqual(hours(0, 60, sample(-1, 4), sample(-1, 4, 10), sample(61, 4), sample(61, 4, 30)), [
      [0, 0, 0],
    ]);
  });

  it('are not lowered by a negative amount', () => {
    assert.deepEqual(hours(0, 60, sample(30, 4, 10), sample(40, -3, 10), sample(50, -3)), [[0, 4, 0]]);
  });

  it('have a sample without a reading before it where it was noticed, at the full hour in the hour before', () => {
    assert.deepEqual(hours(0, 120, sample(60, 1), sample(61, 2), sample(120, 4, 0)), [
      [0, 1, 0],
      [1, 6, 0],
    ]);
  });

  it('have one that was noticed at their very beginning in the first hour', () => {
    assert.deepEqual(hours(0, 60, sample(0, 4)), [[0, 4, 0]]);
  });

  it('are a guess where a sample has more than three hours without a reading before it', () => {
    assert.deepEqual(hours(0, 60, sample(60, 3, 180)), [[0, 1, 0]]);
    assert.deepEqual(hours(0, 60, sample(60, 4, 240), sample(60, 5)), [[0, 6, 1]]);
  });

  it('are whole but for the first and the last', () => {
    // By a clock whose zone may be half an hour off, so that the local hour is told by the date.
    const seen = watchedHours([], NOON - 90 * MINUTE, NOON + 15 * MINUTE);
    assert.deepEqual(
      seen.map(({ at, share, hourOfDay }) => [at, share, hourOfDay]),
      [-2, -1, 0].map((hour, index) => [
        NOON + hour * HOUR,
        [0.5, 1, 0.25][index],
        new Date(NOON + hour * HOUR).getHours(),
      ]),
    );
  });

  it('are none between a moment and itself', () => {
    assert.deepEqual(hours(0, 0, sample(0, 4)), []);
  });
});

describe('what was spent between two moments', () => {
  const between = (...spans: readonly SpendSpan[]) => spentBetween(spans, NOON, NOON + HOUR);

  it('is the part of each sample that lies between, and the number of samples', () => {
    assert.deepEqual(between(sample(30, 4, 60), sample(60, 1, 10)), { spent: 3, samples: 2 });
  });

  it('has no sample that was noticed at the first moment or before, or after the last', () => {
    assert.deepEqual(between(sample(0, 4), sample(-5, 4), sample(61, 4, 10)), { spent: 0, samples: 0 });
  });

  it('counts no sample without spend', () => {
    assert.deepEqual(between(sample(20, 0, 10), sample(30, -2, 10), sample(40, 5, 10)), {
      spent: 5,
      samples: 1,
    });
  });
});
