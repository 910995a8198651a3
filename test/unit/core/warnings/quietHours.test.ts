import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isQuiet, parseQuietHours } from '../../../../src/core/warnings/quietHours.ts';

const at = (hour: number, minute = 0) => new Date(2026, 5, 15, hour, minute).getTime();

describe('quiet hours', () => {
  it('are read from two times of day', () => {
    assert.deepEqual(parseQuietHours('22:00-07:30'), { from: 1320, to: 450 });
    assert.deepEqual(parseQuietHours(' 9:05 – 24:00 '), { from: 545, to: 1440 });
    assert.deepEqual(parseQuietHours('22:59-07:59'), { from: 1379, to: 479 });
    for (const wrong of [
      '22:60-07:00',
      '07:00-24:01',
      '',
      '22-7',
      '25:00-07:00',
      '22:00-07:60',
      '24:00-07:00',
      '07:00-07:00',
      'never',
    ])
      assert.equal(parseQuietHours(wrong), undefined, wrong);
  });

  it('include their beginning, not their end, also over midnight', () => {
    const night = parseQuietHours('22:00-07:00');
    const quiet = [at(21, 59), at(22), at(23, 59), at(0), at(6, 59), at(7), at(12)].map(now =>
      isQuiet(night, now),
    );
    assert.deepEqual(quiet, [false, true, true, true, true, false, false]);
    const noon = parseQuietHours('12:00-13:00');
    assert.deepEqual(
      [at(11, 59), at(12), at(13)].map(now => isQuiet(noon, now)),
      [false, true, false],
    );
    assert.equal(isQuiet(undefined, at(12)), false);
  });
});
