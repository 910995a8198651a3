import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { normalSince, normalSpend, spentToday } from '../../../src/quota/normalSpend.ts';
import { localDay } from '../../../src/quota/range.ts';
import { DAY, HOUR, NOW } from '../support/samples.ts';

/** Spend of so many days before today, yesterday first. */
function daysBack(...spends: readonly number[]): Map<string, number> {
  return new Map(spends.map((spent, index) => [localDay(NOW - (index + 1) * DAY), spent]));
}

describe('an ordinary day', () => {
  it('is the middle one of two weeks, so that one wild day changes nothing', () => {
    assert.equal(normalSpend(daysBack(1, 2, 3, 90, 2), NOW - 6 * DAY, NOW), 2);
    assert.equal(normalSpend(daysBack(1, 2, 3, 90, 2, 4), NOW - 7 * DAY, NOW), 2.5);
    assert.equal(normalSince(NOW), localDay(NOW - 14 * DAY));
  });

  it('counts days without spend since watching began', () => {
    assert.equal(normalSpend(daysBack(0, 0, 0, 5, 0), NOW - 8 * DAY, NOW), 0);
    assert.equal(normalSpend(new Map(), NOW - 100 * DAY, NOW), 0);
  });

  it('is unknown before five whole days were watched', () => {
    assert.equal(normalSpend(daysBack(1, 1, 1, 1, 1), NOW - 5 * DAY, NOW), undefined);
    assert.equal(normalSpend(daysBack(1, 1, 1, 1, 1), NOW - 6 * DAY, NOW), 1);
  });
});

describe('spend of today', () => {
  const midnight = new Date(NOW).setHours(0, 0, 0, 0);
  const span = (hours: number, spent: number) => ({
    from: midnight + hours * HOUR,
    to: midnight + hours * HOUR,
    spent,
  });

  it('is what came between readings of today', () => {
    assert.equal(spentToday([span(-1, 5), span(1, 0), span(2, 3), span(4, 1)], NOW), 4);
  });

  it('takes only today’s part of a time without readings', () => {
    assert.equal(spentToday([span(-63, 0), span(9, 72)], NOW), 9, 'a weekend and nine hours');
    assert.equal(spentToday([span(6, 4)], NOW), 1, 'nothing known of before: a day is assumed');
    assert.equal(spentToday([], NOW), 0);
  });
});
