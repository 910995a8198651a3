import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyCard } from '../../../../src/core/cards/keyCard.ts';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { STATUSES } from '../../../../src/core/quota/statusName.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';

const card = (more: Partial<KeyState>) => keyCard(keyState(more), NOW);
const read = (more: Partial<Reading>, state: Partial<KeyState> = {}) =>
  card({ reading: reading({ quota: quota(15, 20), ...more }), ...state });
const PAUSED = { class: 'paused', message: '' };

describe('what a card shows of a key', () => {
  it('is colored by its status, and its bar only where the figure is what the status is about', () => {
    assert.deepEqual(
      STATUSES.map(status => {
        const { tone, bar } = card({ status });
        return [status, tone, bar?.tone];
      }),
      [
        ['ok', 'good', 'good'],
        ['low', 'warning', 'warning'],
        ['exhausted', 'error', 'error'],
        ['expired', 'error', 'plain'],
        ['disabled', 'error', 'plain'],
        ['invalid', 'error', 'plain'],
        ['stale', 'warning', 'plain'],
        ['unknown', 'plain', 'plain'],
      ],
    );
  });

  it('says nothing by color of a key whose checks are paused, and warns of one that ends within days', () => {
    assert.deepEqual(
      [card({ failure: PAUSED }).tone, card({ failure: PAUSED }).bar?.tone],
      ['plain', 'plain'],
    );
    assert.equal(read({ expiresAt: at(3 * DAY) }).tone, 'warning');
    assert.equal(read({ expiresAt: at(3 * DAY) }).bar?.tone, 'good');
    assert.equal(read({ expiresAt: at(8 * DAY) }).tone, 'good');
  });

  it('has a bar where a total is known, and none without', () => {
    assert.equal(card({}).bar?.share, 0.75);
    assert.equal(read({ quota: quota(0, 20) }).bar?.share, 0);
    assert.equal(read({ quota: quota(15) }).bar, undefined);
    assert.equal(read({ quota: { unlimited: true, used: 3 } }).bar, undefined);
    assert.equal(card({ reading: undefined }).bar, undefined);
  });

  it('has what comes first: its end, the end of what is left, or a reset', () => {
    const lasts = (ms: number) => ({ lastsUntil: at(ms), perDay: 1, confidence: 'good' as const });
    const budget = { spent: 5, limit: 20, resetsAt: at(2 * DAY) };
    const all = { expiresAt: at(3 * DAY), budget, quota: undefined };
    assert.deepEqual(read(all, { forecast: lasts(DAY) }).next, { what: 'runsOut', at: NOW + DAY });
    assert.deepEqual(read(all, { forecast: lasts(5 * DAY) }).next, { what: 'resets', at: NOW + 2 * DAY });
    assert.deepEqual(read({ expiresAt: at(3 * DAY) }, { forecast: lasts(5 * DAY) }).next, {
      what: 'expires',
      at: NOW + 3 * DAY,
    });
    assert.equal(read({ expiresAt: null }).next, undefined);
    assert.equal(card({ reading: undefined, status: 'unknown' }).next, undefined);
  });

  it('has when it ended, and nothing else, of a key that has; and nothing where that is in doubt', () => {
    const past = reading({ takenAt: at(-DAY), quota: quota(15, 20), expiresAt: at(-HOUR) });
    const forecast = { lastsUntil: at(DAY), confidence: 'good' as const };
    assert.deepEqual(card({ status: 'expired', reading: past, forecast }).next, {
      what: 'expired',
      at: NOW - HOUR,
    });
    assert.equal(card({ status: 'stale', reading: past }).next, undefined);
    // The gateway says so, whatever end it named before.
    const refused = { class: 'expired', message: '' };
    assert.equal(read({ expiresAt: at(DAY) }, { status: 'expired', failure: refused }).next, undefined);
  });

  it('goes by the clock of the gateway, and is another one when its next event has come', () => {
    const ahead = reading({ quota: quota(15, 20), expiresAt: at(DAY), clockAheadMs: HOUR });
    const { value, until } = withNextChange(() => card({ reading: ahead }));
    assert.equal(value.next?.at, NOW + DAY + HOUR);
    assert.ok(until <= NOW + DAY + HOUR);
  });

  it('has the days of which spend is known', () => {
    const spend = {
      today: 1,
      week: 3,
      calendarWeek: 3,
      month: 3,
      since: at(-40 * DAY),
      complete: true,
      days: [0, 2, 1],
    };
    assert.deepEqual(card({ spend }).days, [0, 2, 1]);
    assert.deepEqual(card({ spend: { ...spend, since: at(0) } }).days, [undefined, 2, 1]);
    assert.equal(card({ spend: { ...spend, since: at(0), days: [0, 0, 0] } }).days, undefined);
    assert.equal(card({}).days, undefined);
  });
});
