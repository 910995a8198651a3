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
    ['a day from midnight on', 'day', '2026-11-29T00:00:00Z', '2026-11-29T00:00Z', '2026-11-30T00:00Z'],
    [
      'a day until its last moment',
      'day',
      '2026-11-29T23:59:59.999Z',
      '2026-11-29T00:00Z',
      '2026-11-30T00:00Z',
    ],
    ['a week from Monday on', 'week', '2026-11-30T00:00:00Z', '2026-11-30T00:00Z', '2026-12-07T00:00Z'],
    ['a week until Sunday', 'week', '2026-11-29T23:59:59Z', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
    [
      'a week over the end of a year',
      'week',
      '2027-01-01T12:00:00Z',
      '2026-12-28T00:00Z',
      '2027-01-04T00:00Z',
    ],
    ['a month from its first', 'month', '2026-02-28T12:00:00Z', '2026-02-01T00:00Z', '2026-03-01T00:00Z'],
    ['a month of a leap year', 'month', '2028-02-29T12:00:00Z', '2028-02-01T00:00Z', '2028-03-01T00:00Z'],
    [
      'a month from the 15th on',
      'month',
      '2026-01-15T00:00:00Z',
      '2026-01-15T00:00Z',
      '2026-02-15T00:00Z',
      15,
    ],
    ['a month until the 14th', 'month', '2026-01-14T23:59:59Z', '2025-12-15T00:00Z', '2026-01-15T00:00Z', 15],
    [
      'a month over the end of a year',
      'month',
      '2025-12-31T12:00:00Z',
      '2025-12-15T00:00Z',
      '2026-01-15T00:00Z',
      15,
    ],
    [
      'a month from the 28th on',
      'month',
      '2026-03-01T12:00:00Z',
      '2026-02-28T00:00Z',
      '2026-03-28T00:00Z',
      28,
    ],
  ],
  'Europe/Berlin': [
    ['a day of 25 hours', 'day', '2026-10-25T12:00:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['a day of 23 hours', 'day', '2026-03-29T12:00:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['the hour that comes twice', 'day', '2026-10-25T01:30:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['a week of 169 hours', 'week', '2026-10-21T12:00:00Z', '2026-10-18T22:00Z', '2026-10-25T23:00Z'],
    ['a week of 167 hours', 'week', '2026-03-29T21:59:59Z', '2026-03-22T23:00Z', '2026-03-29T22:00Z'],
    [
      'a month in which the clock changes',
      'month',
      '2026-10-31T12:00:00Z',
      '2026-09-30T22:00Z',
      '2026-10-31T23:00Z',
    ],
    [
      'a month from the 25th on',
      'month',
      '2026-10-25T12:00:00Z',
      '2026-10-24T22:00Z',
      '2026-11-24T23:00Z',
      25,
    ],
  ],
  'Asia/Kolkata': [
    ['a day by half an hour', 'day', '2026-06-14T18:30:00Z', '2026-06-14T18:30Z', '2026-06-15T18:30Z'],
    ['the half hour before', 'day', '2026-06-14T18:29:59Z', '2026-06-13T18:30Z', '2026-06-14T18:30Z'],
    ['a month', 'month', '2026-05-31T18:30:00Z', '2026-05-31T18:30Z', '2026-06-30T18:30Z'],
  ],
  // The clock went from 0:00 to 1:00 in the night to 4 November 2018.
  'America/Sao_Paulo': [
    ['a day without a midnight', 'day', '2018-11-04T12:00:00Z', '2018-11-04T03:00Z', '2018-11-05T02:00Z'],
    ['the day before it', 'day', '2018-11-04T02:59:59Z', '2018-11-03T03:00Z', '2018-11-04T03:00Z'],
  ],
  'Pacific/Auckland': [
    ['a week far from UTC', 'week', '2026-11-29T11:00:00Z', '2026-11-29T11:00Z', '2026-12-06T11:00Z'],
    ['its last moment', 'week', '2026-11-29T10:59:59Z', '2026-11-22T11:00Z', '2026-11-29T11:00Z'],
  ],
};

for (const [zone, rows] of Object.entries(ZONES)) {
  describe(`the period of a spending limit in ${zone}`, () => {
    useTimeZone(zone);

    for (const [what, period, now, from, to, begins = 1] of rows) {
      it(`is ${what}`, () => {
        const span = periodSpan(period, Date.parse(now), begins);
        assert.deepEqual(
          [new Date(span.from).toISOString(), new Date(span.to).toISOString()],
          [from, to].map(text => new Date(text).toISOString()),
        );
      });
    }
  });
}
