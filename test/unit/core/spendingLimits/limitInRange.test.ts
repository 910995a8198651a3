import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dayText } from '../../../../src/core/ledger/dayText.ts';
import { spendByPeriod } from '../../../../src/core/spendingLimits/limitInRange.ts';
import type { SpendingPeriod } from '../../../../src/core/spendingLimits/period.ts';
import { parseRange } from '../../../../src/core/usage/range.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const LATER = Date.UTC(2026, 11, 1);

/** What is spent on some days: `{ '2026-06-01': 1.5 }`. */
const spender = (days: Readonly<Record<string, number>>) => ({
  total: { used: Object.values(days).reduce((sum, used) => sum + used, 0) },
  byDay: Object.entries(days).map(([name, used]) => ({ name, used })),
});
const rangeOf = (from: string, to: string) => parseRange(from, to, LATER).range ?? assert.fail();
const periods = (
  reports: Parameters<typeof spendByPeriod>[0],
  period: SpendingPeriod,
  range: Parameters<typeof spendByPeriod>[2],
  { now = LATER, monthBegins = 1 } = {},
) =>
  spendByPeriod(reports, period, range, now, monthBegins)?.map(({ days, used, isWhole }) => [
    dayText(days.from),
    used,
    isWhole,
  ]);

describe('what a range has of the periods of a limit', () => {
  useTimeZone('Europe/Berlin');

  it('is its total where it is one period', () => {
    const june = rangeOf('2026-06-01', '2026-06-30');
    assert.deepEqual(periods([{ total: { used: 3 } }, { total: { used: 0.1 } }], 'month', june), [
      ['2026-06-01', 3.1, true],
    ]);
    const half = rangeOf('2026-06-01', '2026-06-15');
    assert.deepEqual(periods([{ total: { used: 3 } }], 'month', half), [['2026-06-01', 3, false]]);
    const noon = Date.UTC(2026, 5, 15, 12);
    assert.deepEqual(
      periods([{ total: { used: 3 } }], 'month', half, { now: noon }),
      [['2026-06-01', 3, true]],
      'the month is not further',
    );
  });

  it('is summed by day where it is several', () => {
    const range = rangeOf('2026-06-03', '2026-06-16');
    const reports = [
      spender({ '2026-06-03': 1, '2026-06-07': 2, '2026-06-08': 4 }),
      spender({ '2026-06-08': 8, '2026-06-16': 16 }),
    ];
    // Mondays are the 1st, the 8th and the 15th.
    assert.deepEqual(periods(reports, 'week', range), [
      ['2026-06-01', 3, false],
      ['2026-06-08', 12, true],
      ['2026-06-15', 16, false],
    ]);
    const days = periods(reports, 'day', range);
    assert.deepEqual(
      [days?.length, days?.[0], days?.[5], days?.[13]],
      [14, ['2026-06-03', 1, true], ['2026-06-08', 12, true], ['2026-06-16', 16, true]],
    );
  });

  it('goes by the day on which months begin', () => {
    const range = rangeOf('2026-05-15', '2026-06-20');
    const report = spender({ '2026-06-14': 1, '2026-06-15': 2 });
    assert.deepEqual(periods([report], 'month', range, { monthBegins: 15 }), [
      ['2026-05-15', 1, true],
      ['2026-06-15', 2, false],
    ]);
  });

  it('has no whole day in 24 hours from noon to noon', () => {
    const range = { from: Date.UTC(2026, 5, 1, 10), to: Date.UTC(2026, 5, 2, 10) };
    assert.deepEqual(periods([spender({ '2026-06-01': 1, '2026-06-02': 2 })], 'day', range), [
      ['2026-06-01', 1, false],
      ['2026-06-02', 2, false],
    ]);
  });

  it('is not known where a report with spend does not tell days', () => {
    const range = rangeOf('2026-06-01', '2026-06-02');
    assert.equal(periods([{ total: { used: 1 } }], 'day', range), undefined);
    assert.deepEqual(periods([{ total: { used: 0 } }], 'day', range), [
      ['2026-06-01', 0, true],
      ['2026-06-02', 0, true],
    ]);
  });
});
