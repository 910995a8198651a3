import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isoTime } from '../../../src/gateways/fields.ts';

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
    [1e20, undefined],
    // Ordinary ends.
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.000Z'],
    [1_796_115_600, '2026-12-01T09:00:00.000Z'],
    [1_796_115_600_000, '2026-12-01T09:00:00.000Z'],
    ['2100-01-01T00:00:00Z', '2100-01-01T00:00:00.000Z'],
    ['soon', undefined],
    [null, undefined],
    [undefined, undefined],
  ];
  for (const [wire, time] of TIMES) {
    it(`${JSON.stringify(wire)} is ${time === null ? 'never' : time}`, () =>
      assert.equal(isoTime(wire), time));
  }
});
