import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { comingEvents } from '../../../../src/core/cards/comingEvents.ts';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const key = (id: string, read: Partial<Reading>, more: Partial<KeyState> = {}) =>
  keyState({ id, label: id, reading: reading({ quota: quota(15, 20), ...read }), ...more });
const lasts = (ms: number) => ({ forecast: { lastsUntil: at(ms), confidence: 'fair' as const } });
const events = (...keys: readonly KeyState[]) =>
  comingEvents(keys, NOW).map(({ key: { id }, what, day }) => [id, what, day]);

/** Noon of 15 June. */
describe('what comes within two weeks', () => {
  useTimeZone('UTC');

  it('is what expires and what runs out, the first first, by local days from today', () => {
    assert.deepEqual(
      events(
        key('a', { expiresAt: at(12 * HOUR) }),
        key('b', {}, lasts(11 * HOUR)),
        key('c', { expiresAt: at(13 * DAY + 12 * HOUR - 1) }),
        key('d', { expiresAt: at(13 * DAY + 12 * HOUR) }),
        key('e', { expiresAt: null }),
      ),
      [
        ['b', 'runsOut', 0],
        ['a', 'expires', 1],
        ['c', 'expires', 13],
      ],
    );
  });

  it('has nothing of a key after its end, and both where it runs out before that', () => {
    assert.deepEqual(events(key('a', { expiresAt: at(DAY) }, lasts(2 * DAY))), [['a', 'expires', 1]]);
    assert.deepEqual(events(key('a', { expiresAt: at(2 * DAY) }, lasts(DAY))), [
      ['a', 'runsOut', 1],
      ['a', 'expires', 2],
    ]);
  });

  it('has a reset only where somebody waits for it', () => {
    const budget = { quota: undefined, budget: { spent: 19, limit: 20, resetsAt: at(DAY) } };
    assert.deepEqual(events(key('a', budget)), []);
    assert.deepEqual(events(key('a', budget, { status: 'low' })), [['a', 'resets', 1]]);
    assert.deepEqual(events(key('a', budget, { status: 'exhausted' })), [['a', 'resets', 1]]);
  });

  it('has nothing of a key that has ended or is paused', () => {
    const ended = { status: 'expired', ...lasts(DAY) } as const;
    assert.deepEqual(events(key('a', { expiresAt: at(-HOUR) }, ended)), []);
    const paused = { failure: { class: 'paused', message: '' } };
    assert.deepEqual(events(key('a', { expiresAt: at(DAY) }, paused)), []);
  });

  it('is another one at midnight', () => {
    assert.equal(withNextChange(() => events()).until, NOW + 12 * HOUR);
  });
});
