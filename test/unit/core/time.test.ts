import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isoTime } from '../../../src/core/time.ts';
import { useTimeZone } from '../support/timeZone.ts';

describe('a moment as ISO 8601', () => {
  useTimeZone('Asia/Kolkata');

  it('is in UTC, to the millisecond, wherever the machine is', () => {
    assert.equal(isoTime(0), '1970-01-01T00:00:00.000Z');
    // 20,454 days of 86,400 seconds: 56 years, 14 of them leap years.
    assert.equal(isoTime(20_454 * 86_400_000 + 7), '2026-01-01T00:00:00.007Z');
  });

  it('is none for a moment that no calendar has', () => {
    assert.throws(() => isoTime(Number.NaN), RangeError);
    assert.throws(() => isoTime(1e18), RangeError);
  });
});
