import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clockAheadOf } from '../../../../src/services/requests/clockAhead.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

const told = (ms: number, more: Record<string, string> = {}) =>
  clockAheadOf({ headers: new Headers({ date: new Date(NOW + ms).toUTCString(), ...more }) }, NOW);

describe('how far this computer’s clock is ahead', () => {
  it('is told by an answer’s date, to both sides', () => {
    assert.deepEqual([told(-HOUR), told(HOUR)], [{ clockAheadMs: HOUR }, { clockAheadMs: -HOUR }]);
  });

  it('is not mentioned below ten minutes, and counts as none below one', () => {
    assert.deepEqual(told(-10 * MINUTE), { clockAheadMs: 10 * MINUTE });
    assert.deepEqual(told(-10 * MINUTE + 1000), { clockDriftMs: 10 * MINUTE - 1000 });
    assert.deepEqual(told(MINUTE), { clockDriftMs: -MINUTE });
    assert.deepEqual(told(MINUTE - 1000), {});
  });

  it('is not told by what a cache kept, whose date is of then', () => {
    assert.deepEqual(told(-HOUR, { age: '3600' }), undefined);
    assert.deepEqual(told(-HOUR, { age: '0' }), undefined);
  });

  it('is not told by a clock that was never set, or is broken', () => {
    for (const date of [
      'Thu, 01 Jan 1970 00:00:07 GMT',
      'Mon, 01 Jan 0001 00:00:00 GMT',
      'Fri, 31 Dec 9999 23:59:59 GMT',
    ])
      assert.deepEqual(clockAheadOf({ headers: new Headers({ date }) }, NOW), undefined, date);
  });

  it('is not told where there is no date', () => {
    assert.deepEqual(clockAheadOf({ headers: new Headers() }, NOW), undefined);
  });
});
