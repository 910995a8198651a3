import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { periodSpan, type SpendingPeriod } from '../../../../src/core/spendingLimits/period.ts';
import { useTimeZone } from '../../support/timeZone.ts';

type Row = readonly [
  what: string,
  period: SpendingPeriod,
  now: string,
  from: string,
  to: string,
  begins?: number,
];

/** Each row in its own zone; all moments in UTC. */
const ZONES: Readonly<Record<string, readonly Row[]>> = {
  UTC: [
    ['a day from midnight on', 'day', '2026-11-29 00:00', '2026-11-29 00:00', '2026-11-30 00:00'],
    ['a day until its last moment', 'day', '2026-11-29 23:59:59.999', '2026-11-29 00:00', '2026-11-30 00:00'],
    ['a week from Monday on', 'week', '2026-11-30 00:00', '2026-11-30 00:00', '2026-12-07 00:00'],
    ['a week until Sunday', 'week', '2026-11-29 23:59:59', '2026-11-23 00:00', '2026-11-30 00:00'],
    ['a week over the end of a year', 'week', '2027-01-01 12:00', '2026-12-28 00:00', '2027-01-04 00:00'],
    ['a month from its first', 'month', '2026-02-28 12:00', '2026-02-01 00:00', '2026-03-01 00:00'],
    ['a month of a leap year', 'month', '2028-02-29 12:00', '2028-02-01 00:00', '2028-03-01 00:00'],
    ['a month from the 15th on', 'month', '2026-01-15 00:00', '2026-01-15 00:00', '2026-02-15 00:00', 15],
    ['a month until the 14th', 'month', '2026-01-14 23:59:59', '2025-12-15 00:00', '2026-01-15 00:00', 15],
    [
      'a month over the end of a year',
      'month',
      '2025-12-31 12:00',
      '2025-12-15 00:00',
      '2026-01-15 00:00',
      15,
    ],
    ['a month from the 28th on', 'month', '2026-03-01 12:00', '2026-02-28 00:00', '2026-03-28 00:00', 28],
  ],
  'Europe/Berlin': [
    ['a day of 25 hours', 'day', '2026-10-25 12:00', '2026-10-24 22:00', '2026-10-25 23:00'],
    ['a day of 23 hours', 'day', '2026-03-29 12:00', '2026-03-28 23:00', '2026-03-29 22:00'],
    ['the hour that comes twice', 'day', '2026-10-25 01:30', '2026-10-24 22:00', '2026-10-25 23:00'],
    ['a week of 169 hours', 'week', '2026-10-21 12:00', '2026-10-18 22:00', '2026-10-25 23:00'],
    ['a week of 167 hours', 'week', '2026-03-29 21:59:59', '2026-03-22 23:00', '2026-03-29 22:00'],
    [
      'a month in which the clock changes',
      'month',
      '2026-10-31 12:00',
      '2026-09-30 22:00',
      '2026-10-31 23:00',
    ],
    ['a month from the 25th on', 'month', '2026-10-25 12:00', '2026-10-24 22:00', '2026-11-24 23:00', 25],
  ],
  'Asia/Kolkata': [
    ['a day by half an hour', 'day', '2026-06-14 18:30', '2026-06-14 18:30', '2026-06-15 18:30'],
    ['the half hour before', 'day', '2026-06-14 18:29:59', '2026-06-13 18:30', '2026-06-14 18:30'],
    ['a month', 'month', '2026-05-31 18:30', '2026-05-31 18:30', '2026-06-30 18:30'],
  ],
  // The clock went from 0:00 to 1:00 in the night to 4 November 2018.
  'America/Sao_Paulo': [
    ['a day without a midnight', 'day', '2018-11-04 12:00', '2018-11-04 03:00', '2018-11-05 02:00'],
    ['the day before it', 'day', '2018-11-04 02:59:59', '2018-11-03 03:00', '2018-11-04 03:00'],
  ],
  'Pacific/Auckland': [
    ['a week far from UTC', 'week', '2026-11-29 11:00', '2026-11-29 11:00', '2026-12-06 11:00'],
    ['its last moment', 'week', '2026-11-29 10:59:59', '2026-11-22 11:00', '2026-11-29 11:00'],
  ],
};

const utc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

for (const [zone, rows] of Object.entries(ZONES)) {
  describe(`the period of a spending limit in ${zone}`, () => {
    useTimeZone(zone);

    for (const [what, period, now, from, to, begins = 1] of rows) {
      it(`is ${what}`, () => {
        const span = periodSpan(period, utc(now), begins);
        assert.deepEqual([span.from, span.to], [utc(from), utc(to)]);
      });
    }
  });
}
