import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LocalHours } from '../../../../src/core/usage/localHours.ts';

const at = (hour: number, minute: number, second = 0) =>
  new Date(2026, 5, 15, hour, minute, second).getTime();

describe('local hours', () => {
  it('are told again when a quarter of an hour is over, forwards and backwards', () => {
    const hours = new LocalHours();
    assert.deepEqual(hours.localHourAt(at(23, 59, 59)), { day: '2026-06-15', hour: 23 });
    assert.deepEqual(hours.localHourAt(at(24, 0)), { day: '2026-06-16', hour: 0 });
    assert.deepEqual(hours.localHourAt(at(0, 14, 59)), { day: '2026-06-15', hour: 0 });
    assert.deepEqual(hours.localHourAt(at(0, 15)), { day: '2026-06-15', hour: 0 });
    assert.deepEqual(hours.localHourAt(at(9, 0) - 1), { day: '2026-06-15', hour: 8 });
    assert.deepEqual(hours.localHourAt(at(9, 0)), { day: '2026-06-15', hour: 9 });
  });
});
