import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { byUrgency } from '../../../../src/core/cards/byUrgency.ts';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { at, DAY, keyState, NOW, quota, reading } from '../../support/samples.ts';

const key = (id: string, more: Partial<KeyState> = {}) => keyState({ id, label: id, ...more });
const lasts = (ms: number) => ({ forecast: { lastsUntil: at(ms), perDay: 1, confidence: 'good' as const } });
const ends = (ms: number, more: Partial<KeyState> = {}) => ({
  reading: reading({ quota: quota(15, 20), expiresAt: at(ms) }),
  ...more,
});
const order = (...keys: readonly KeyState[]) => byUrgency(keys, NOW).map(({ id }) => id);

describe('keys by urgency', () => {
  it('begin with those with which something is wrong, then those that run out or expire first', () => {
    assert.deepEqual(
      order(
        key('fine'),
        key('runs out in 3 days', lasts(3 * DAY)),
        key('low', { status: 'low' }),
        key('expires in 2 days', ends(2 * DAY)),
        key('runs out in a day', lasts(DAY)),
        key('used up', { status: 'exhausted', forecast: { perDay: 1, confidence: 'good' } }),
      ),
      ['used up', 'low', 'runs out in a day', 'expires in 2 days', 'runs out in 3 days', 'fine'],
    );
  });

  it('have nothing of a date that is more than a week away', () => {
    const tight = { reading: reading({ quota: quota(8, 20) }) };
    assert.deepEqual(order(key('in 8 days', lasts(8 * DAY)), key('tight', tight)), ['tight', 'in 8 days']);
    assert.deepEqual(order(key('in 6 days', lasts(6 * DAY)), key('tight', tight)), ['in 6 days', 'tight']);
    // A day later the first of them is within a week.
    const { until } = withNextChange(() => order(key('in 8 days', lasts(8 * DAY))));
    assert.equal(until, NOW + DAY);
  });

  it('do not go by a reset', () => {
    const budget = { spent: 5, limit: 20, resetsAt: at(DAY) };
    const resets = { reading: reading({ budget }) };
    assert.deepEqual(order(key('resets', resets), key('runs out', lasts(3 * DAY))), ['runs out', 'resets']);
  });

  it('end with those that are paused, and those that cannot be used any more and were not used lately', () => {
    const paused = { failure: { class: 'paused', message: '' }, status: 'low' } as const;
    assert.deepEqual(
      order(key('dead', { status: 'exhausted' }), key('paused', paused), key('fine', lasts(40 * DAY))),
      ['fine', 'paused', 'dead'],
    );
  });
});
