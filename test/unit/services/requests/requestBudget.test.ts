import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nextFreeAt } from '../../../../src/services/requests/nextFreeAt.ts';
import { holdUntil } from '../../../../src/services/requests/requestBudget.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SECOND = 1000;
const LIMITER = { calls: 3, windowMs: MINUTE, holdMs: 10 * MINUTE };

describe('the request budget', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  function sent(...seconds: number[]): void {
    store.transaction(() => {
      for (const second of seconds) store.requests.addCall(ORIGIN, 'scarce', NOW + second * SECOND);
    });
  }
  const hold = (until: number) =>
    store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', until, NOW));
  const free = (now = NOW) => nextFreeAt(store.requests, ORIGIN, 'scarce', LIMITER, now) - NOW;
  const resume = (retryAfterMs?: number) =>
    holdUntil(store.requests, ORIGIN, 'scarce', LIMITER, NOW, retryAfterMs) - NOW;

  describe('has room', () => {
    const CALLS: readonly [what: string, seconds: readonly number[], freeIn: number][] = [
      ['without any call', [], 0],
      ['below the limit', [-30, -10], 0],
      ['again when the oldest of so many calls leaves the window', [-50, -30, -10], 10],
      ['for calls of the very moment', [0, 0, 0], 60],
      ['at the moment the oldest call leaves', [-60, -30, -10], 0],
      ['later when the limit was passed by an explicit yes', [-50, -30, -10, -5], 30],
      ['a window from now at the latest, though a clock was put back', [3600, 3600, 3600], 60],
    ];
    for (const [what, seconds, freeIn] of CALLS) {
      it(what, () => {
        sent(...seconds);
        assert.equal(free(), freeIn * SECOND);
      });
    }

    it('for other limiters and other origins', () => {
      sent(0, 0, 0);
      assert.equal(nextFreeAt(store.requests, ORIGIN, 'general', LIMITER, NOW), NOW);
      assert.equal(nextFreeAt(store.requests, 'https://other.example', 'scarce', LIMITER, NOW), NOW);
    });

    it('as the window slides: a call every twenty seconds', () => {
      sent(-60, -40, -20);
      for (const second of [0, 20, 40, 60]) {
        assert.equal(free(NOW + second * SECOND), second * SECOND);
        sent(second);
        assert.equal(free(NOW + second * SECOND), (second + 20) * SECOND);
      }
    });
  });

  describe('a hold', () => {
    it('closes it until its end', () => {
      hold(NOW + 5 * MINUTE);
      assert.equal(free(), 5 * MINUTE);
      assert.equal(free(NOW + 5 * MINUTE), 5 * MINUTE);
      assert.equal(free(NOW + 6 * MINUTE), 6 * MINUTE);
    });

    it('and full windows add up to the later of both', () => {
      sent(0, 0, 0);
      hold(NOW + 30 * SECOND);
      assert.equal(free(), MINUTE);
    });

    it('lasts a day at most', () => {
      hold(NOW + 365 * DAY);
      assert.equal(free(), DAY);
    });
  });

  describe('after a 429', () => {
    it('goes on when the gateway said', () => {
      sent(-50, 0);
      assert.equal(resume(90 * SECOND), 90 * SECOND);
      assert.equal(resume(0), 0);
    });

    it('goes on within a day, whatever the gateway said', () => assert.equal(resume(26_000 * HOUR), DAY));

    it('goes on when our own oldest call leaves the window', () => {
      sent(-50, -30, 0);
      assert.equal(resume(), 10 * SECOND);
    });

    it('goes on after the usual pause when the refused call was our only one', () => {
      sent(-70, 0);
      assert.equal(resume(), 10 * MINUTE);
    });
  });
});
