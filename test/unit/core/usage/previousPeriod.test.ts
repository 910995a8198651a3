import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { previousPeriod } from '../../../../src/core/usage/previousPeriod.ts';
import { localDays, parseRange } from '../../../../src/core/usage/range.ts';
import { forAll } from '../../support/forAll.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';

describe('the period before', () => {
  it('has as many whole days, and ends the day before', () => {
    const ends = (from: string, to: string) => previousPeriod({ from, to }, NOW);
    assert.deepEqual(ends('2026-06-08', '2026-06-14'), { from: '2026-06-01', to: '2026-06-07' });
    assert.deepEqual(ends('2026-06-15', '2026-06-15'), { from: '2026-06-14', to: '2026-06-14' });
    assert.deepEqual(ends('2026-03-01', '2026-03-31'), { from: '2026-01-29', to: '2026-02-28' });
  });

  it('has as many milliseconds, for moments', () => {
    const [from, to] = ['2026-06-14T12:00:00.000Z', '2026-06-15T12:00:00.000Z'];
    assert.deepEqual(previousPeriod({ from, to }, NOW), {
      from: '2026-06-13T11:59:59.999Z',
      to: '2026-06-14T11:59:59.999Z',
    });
  });

  it('has as many milliseconds where one end is a day and the other a moment', () => {
    const moment = new Date(2026, 5, 10, 6).getTime();
    const iso = (ms: number) => new Date(ms).toISOString();
    // From six in the morning to the last millisecond of the day, and from the first one to six.
    assert.deepEqual(previousPeriod({ from: iso(moment), to: '2026-06-10' }, NOW), {
      from: iso(moment - 18 * HOUR),
      to: iso(moment - 1),
    });
    assert.deepEqual(previousPeriod({ from: '2026-06-10', to: iso(moment) }, NOW), {
      from: iso(moment - 12 * HOUR - 1),
      to: iso(moment - 6 * HOUR - 1),
    });
  });

  it('is none for what is no range', () => {
    assert.equal(previousPeriod({ from: '2026-06-15', to: '2026-06-01' }, NOW), undefined);
  });

  it('touches the range and never overlaps it, whatever the clocks do', () => {
    const day = fc
      .integer({ min: 0, max: 500 })
      .map(back => new Date(NOW - back * DAY).toISOString().slice(0, 10));
    forAll(fc.tuple(day, day), days => {
      const [from = '', to = ''] = [...days].sort();
      const { range } = parseRange(from, to, NOW);
      const ends = previousPeriod({ from, to }, NOW);
      if (!range || !ends) return range === undefined && ends === undefined;
      const before = parseRange(ends.from, ends.to, NOW).range;
      return (
        before !== undefined &&
        before.to + 1 === range.from &&
        localDays(before).length === localDays(range).length
      );
    });
  });
});
