import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { normalizeTime } from '../../../src/gateways/wireTime.ts';

describe('a time on the wire', () => {
  const TIMES: readonly [wire: unknown, time: string | null | undefined][] = [
    // Go's zero time, as it is written in UTC, in Shanghai's local time of those days, and in seconds.
    ['0001-01-01T00:00:00Z', null],
    ['0001-01-01T08:05:43+08:05', null],
    [-62_135_596_800, null],
    ['1970-01-01T00:00:00Z', null],
    ['1970-01-01T08:00:00+08:00', null],
    ['1970-01-01', null],
    ['1969-12-31T16:00:00Z', null],
    [0, null],
    ['0', null],
    [-1, null],
    // The years in which nothing ends.
    [253_402_300_800, null],
    [253_402_300_800_000, null],
    ['+010000-01-01T00:00:00Z', null],
    ['9999-12-31T23:59:59Z', null],
    // Seconds that are left, of three and of almost thirty years, are no end in 1972 or 1999.
    [94_608_000, undefined],
    [946_684_799, undefined],
    ['1999-12-31T23:59:59Z', undefined],
    // Nines stand for no limit, and not for a day of 2001.
    [999_999_999, undefined],
    ['999999999', undefined],
    [1_000_000_000, '2001-09-09T01:46:40.000Z'],
    [1e20, undefined],
    // The largest numbers of 53 and 64 bits, and the last moment of JavaScript’s calendar.
    [9_007_199_254_740_991, undefined],
    ['9223372036854775807', undefined],
    [8.64e15, undefined],
    [253_402_300_800_000_000, null],
    // Ordinary ends.
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.000Z'],
    [1_796_115_600, '2026-12-01T09:00:00.000Z'],
    [1_796_115_600_000, '2026-12-01T09:00:00.000Z'],
    [1_796_115_600_000_000, '2026-12-01T09:00:00.000Z'],
    [1_796_115_600_000_000_000, '2026-12-01T09:00:00.000Z'],
    ['1796115600', '2026-12-01T09:00:00.000Z'],
    ['1796115600123', '2026-12-01T09:00:00.123Z'],
    ['1796115600123456', '2026-12-01T09:00:00.123Z'],
    ['1796115600123456789', '2026-12-01T09:00:00.123Z'],
    [1_796_115_600.5, '2026-12-01T09:00:00.500Z'],
    // A past end in milliseconds, from before there were that many seconds that mean anything.
    [946_684_800_000, '2000-01-01T00:00:00.000Z'],
    [1_748_736_000_000_000, '2025-06-01T00:00:00.000Z'],
    [4_102_444_800_000_000, '2100-01-01T00:00:00.000Z'],
    ['2026-12-01T17:00:00+08:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:00.123456789Z', '2026-12-01T09:00:00.123Z'],
    ['2026-12-01T09:00:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01 09:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2100-01-01T00:00:00Z', '2100-01-01T00:00:00.000Z'],
    // As Go prints a time, and other ways to write an offset.
    ['0001-01-01 00:00:00 +0000 UTC', null],
    ['2026-12-01 17:00:00 +0800 CST', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01 12:00:00.5 +0300 +03 m=+0.01', '2026-12-01T09:00:00.500Z'],
    ['2026-12-01T17:00:00+0800', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T04:00:00,25-05', '2026-12-01T09:00:00.250Z'],
    ['2026-12-01 09:00:00 UTC', '2026-12-01T09:00:00.000Z'],
    [' 2026-12-01 ', '2026-12-01T00:00:00.000Z'],
    // Not in the zone of this computer, not twelve hours early, and no day that does not exist.
    ['2026-12-01 09:00 PM', undefined],
    ['2026-12-01 17:00:00 CST', undefined],
    ['2026-12-01 (noon)', undefined],
    ['2026-11-31', undefined],
    ['2026-02-29T09:00:00Z', undefined],
    ['soon', undefined],
    ['2026-13-45', undefined],
    ['', undefined],
    [true, undefined],
    [null, undefined],
    [undefined, undefined],
  ];
  for (const [wire, time] of TIMES) {
    it(`${JSON.stringify(wire)} is ${time === null ? 'never' : time}`, () =>
      assert.equal(normalizeTime(wire), time));
  }
});
