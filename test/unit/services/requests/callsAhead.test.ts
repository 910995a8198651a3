import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { reserveOwnCall, type Waits } from '../../../../src/services/requests/requestBudget.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { MINUTE, NOW } from '../../support/samples.ts';
import { useStore } from '../../support/useStore.ts';

const ORIGIN = 'https://gw.example';

describe('a limiter of one call in twenty minutes, where a person’s call has to wait', () => {
  let store: SqliteStore;

  const at = (minutes: number) => NOW + minutes * MINUTE;
  /** Minutes until there may be room; 0 where the call was reserved. */
  const reserve = (minutes: number, waits: Waits | undefined, calls = 1) => {
    const limiter = { calls, windowMs: 20 * MINUTE, holdMs: 20 * MINUTE };
    const now = at(minutes);
    const freeAt = store.transaction(() =>
      reserveOwnCall(budgetParts(store), ORIGIN, 'scarce', limiter, now, { waits }),
    );
    return freeAt === undefined ? 0 : (freeAt - now) / MINUTE;
  };
  const poll = (keyId: string, more: Partial<Waits> = {}): Waits => ({ keyId, purpose: 'check', ...more });
  const range = (keyId: string): Waits => ({ keyId, purpose: 'question', maxWaitMs: 2 * MINUTE });
  const waiting = (minutes: number) => store.waiting.countWaiting(ORIGIN, 'scarce', at(minutes));

  useStore(['first', 'second', 'asked', 'other', 'pinned', 'refreshed'], NOW, opened => {
    store = opened;
    assert.equal(reserve(0, poll('first')), 0);
    assert.equal(reserve(1, range('asked')), 19);
  });

  it('keeps the call that gets free for that', () => {
    assert.equal(reserve(20, poll('first')), 20);
    assert.equal(reserve(20, range('asked')), 0);
    assert.equal(reserve(40, poll('first')), 0);
  });

  it('keeps it for as long as somebody may be there, and not longer', () => {
    assert.deepEqual([waiting(1), waiting(22 - 1 / MINUTE), waiting(22)], [1, 1, 0]);
    assert.equal(reserve(22 - 1 / MINUTE, poll('first')), 20);
    assert.equal(reserve(22, poll('first')), 0);
  });

  it('keeps it also where the calls of the window before count, which were more', () => {
    for (const minutes of [1, 2, 3]) assert.equal(reserve(minutes, undefined, 4), 0);
    // Two calls in twenty minutes are four in forty, of which the first ends at 40.
    assert.equal(reserve(30, range('asked'), 2), 10);
    assert.equal(reserve(40, poll('first'), 2), 1);
    assert.equal(reserve(40, range('asked'), 2), 0);
    assert.equal(reserve(41, poll('first'), 2), 0);
  });

  it('forgets that it waited once it is made', () => {
    assert.equal(reserve(20, range('asked')), 0);
    assert.equal(waiting(20), 0);
  });

  it('forgets that a check waited once that is made at another limiter, and keeps a question', () => {
    assert.equal(reserve(1, poll('refreshed', { maxWaitMs: 60 * MINUTE })), 19);
    assert.equal(waiting(2), 2);
    const general = { calls: 90, windowMs: 3 * MINUTE, holdMs: 3 * MINUTE };
    for (const waits of [poll('refreshed'), range('asked')])
      store.transaction(() =>
        reserveOwnCall(budgetParts(store), ORIGIN, 'general', general, at(2), { waits }),
      );
    assert.equal(waiting(2), 1);
  });

  it('lets no poll wait, which comes again by itself', () => {
    assert.equal(reserve(2, poll('second')), 18);
    assert.equal(waiting(2), 1);
  });

  it('gives it to a pinned key all the same, and to one that a person refreshed', () => {
    assert.equal(reserve(20, poll('pinned', { goesFirst: true })), 0);
    assert.equal(reserve(21, poll('refreshed', { maxWaitMs: 2 * MINUTE })), 19);
    assert.equal(reserve(40, poll('refreshed')), 0);
  });

  it('gives it to calls of nobody in particular, and to another person', () => {
    assert.equal(reserve(20, undefined), 0);
    assert.equal(reserve(40, range('other')), 0);
  });

  it('leaves polls what is beyond it', () => {
    assert.equal(reserve(20, poll('first'), 2), 0);
    assert.equal(reserve(20, poll('second'), 2), 20);
  });
});
