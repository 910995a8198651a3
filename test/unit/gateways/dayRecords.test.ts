import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dayRecords } from '../../../src/gateways/dayRecords.ts';
import { june } from './fixture.ts';

const SCALE = { unit: { code: 'USD', source: 'gateway' }, perUnit: 1 } as const;
const RANGE = { from: june(2, 9) * 1000, to: june(4, 9) * 1000 };
const row = (day: string) => ({ day, key: 'a', raw: 1.5, requests: 2 });

describe('what a gateway’s days tell the ledger', () => {
  const completeAt = (now: number, unreadable = 0) =>
    dayRecords([row('2026-06-03')], RANGE, SCALE, unreadable, now).complete;

  it('is complete for whole days that have ended also where days end last', () => {
    // The 4th ends at noon of the 5th in UTC where it is UTC−12.
    const all = { from: june(2, 0), to: june(5, 0) };
    assert.deepEqual(completeAt(Date.UTC(2026, 5, 5, 12)), all);
    assert.deepEqual(completeAt(Date.UTC(2026, 6, 5)), all);
    assert.deepEqual(completeAt(Date.UTC(2026, 5, 5, 12) - 1), { from: june(2, 0), to: june(4, 0) });
    assert.equal(completeAt(Date.UTC(2026, 5, 3, 12) - 1), undefined);
  });

  it('is not complete where a row could not be read', () => {
    assert.equal(completeAt(Date.UTC(2026, 6, 5), 1), undefined);
  });

  it('is a sum for each key and day, of our day of that name', () => {
    const { records, source } = dayRecords([row('2026-06-03')], RANGE, SCALE, 0, Date.UTC(2026, 6, 5));
    const untold = { promptTokens: undefined, completionTokens: undefined };
    const lasts = june(4, 0) - june(3, 0);
    assert.deepEqual(records, [
      { at: june(3, 0), lasts, keyName: 'a', model: '', raw: 1.5, requests: 2, ...untold },
    ]);
    assert.equal(source, 'dailySums');
  });
});
