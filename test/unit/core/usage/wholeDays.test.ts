import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dayOf } from '../../../../src/core/ledger/localDays.ts';
import type { Coverage } from '../../../../src/core/usage/coverage.ts';
import { wholeDays } from '../../../../src/core/usage/wholeDays.ts';
import { at, DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** 13, 14 and 15 June; now is noon of the last. */
describe('the days of which a report lacks nothing', () => {
  useTimeZone('UTC');
  const whole = (coverage: Partial<Coverage>, total: { used: number } | undefined = { used: 1 }) => {
    const today = dayOf(NOW);
    return wholeDays(
      { total, coverage: { complete: false, ...coverage } },
      [today - 2, today - 1, today],
      NOW,
    );
  };
  const NOON = 12 * HOUR;

  it('are all where it is complete, and none where nothing is told', () => {
    assert.deepEqual(whole({ complete: true }), [true, true, true]);
    assert.deepEqual(whole({}), [false, false, false]);
    const told = { from: at(-9 * DAY), to: at(0) };
    assert.deepEqual(wholeDays({ coverage: { complete: false, ...told } }, [dayOf(NOW)], NOW), [false]);
  });

  it('are those that lie within what is told, today as far as it has come', () => {
    const from = at(-DAY - NOON);
    assert.deepEqual(whole({ from, to: at(0) }), [false, true, true]);
    assert.deepEqual(whole({ from: at(-DAY - NOON + 1), to: at(0) }), [false, false, true]);
    assert.deepEqual(whole({ from, to: at(-HOUR) }), [false, true, true]);
    assert.deepEqual(whole({ from, to: at(-HOUR - MINUTE) }), [false, true, false]);
    assert.deepEqual(whole({ from, to: at(-NOON - 1) }), [false, true, false]);
    assert.deepEqual(whole({ from, to: at(-NOON - 2) }), [false, false, false]);
  });

  it('are not those in which a part is missing', () => {
    const gap = (begin: number, end: number) =>
      whole({ from: at(-3 * DAY), to: at(0), gaps: [{ from: at(begin), to: at(end) }] });
    assert.deepEqual(gap(-2 * DAY, -DAY - NOON), [false, true, true]);
    assert.deepEqual(gap(-2 * DAY, -DAY - NOON + 1), [false, false, true]);
    assert.deepEqual(gap(-HOUR, -MINUTE), [true, true, false]);
  });
});
