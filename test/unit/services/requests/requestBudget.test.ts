import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { holdUntil } from '../../../../src/services/requests/holdAfter429.ts';
import { nextFreeAt } from '../../../../src/services/requests/nextFreeAt.ts';
import { type ReserveOptions, reserveCall } from '../../../../src/services/requests/requestBudget.ts';
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

    it('later after calls that finished a check beyond it: over two and four windows no more than twice and four times', () => {
      // Six calls in a window for three: nothing until the second of them leaves two windows.
      sent(-50, -49, -48, -47, -46, -45);
      assert.equal(free(), 70 * SECOND);
      sent(-44, -43, -42, -41, -40, -39);
      // The oldest of twelve leaves four windows 190 seconds from now.
      assert.equal(free(), 190 * SECOND);
    });

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

  describe('of a call', () => {
    /** In how many seconds it may be sent; undefined where it is written down. */
    const reserve = (options: ReserveOptions = {}, second = 0) => {
      const now = NOW + second * SECOND;
      const freeAt = store.transaction(() =>
        reserveCall(store.requests, ORIGIN, 'scarce', LIMITER, now, options),
      );
      return freeAt === undefined ? undefined : (freeAt - now) / SECOND;
    };
    const written = () =>
      store.requests.sentSince(ORIGIN, 'scarce', 0).map(sentAt => (sentAt - NOW) / SECOND);
    const leaving = (...seconds: readonly number[]): ReserveOptions => ({
      leavesRoomFor: seconds.map(second => NOW + second * SECOND),
    });

    it('writes it down where there is room, and nothing where there is none', () => {
      sent(-50, -20);
      assert.equal(reserve(), undefined);
      assert.equal(reserve(), 10);
      assert.deepEqual(written(), [-50, -20, 0]);
      assert.equal(reserve({ beyondBudget: true }), undefined);
      assert.deepEqual(written(), [-50, -20, 0, 0]);
    });

    it('begins sparingly only while half of the room is left, rounded up', () => {
      sent(-50);
      assert.equal(reserve({ sparing: true }), undefined);
      assert.equal(reserve({ sparing: true }), 10);
      assert.equal(reserve(), undefined);
    });

    describe('that keeps a distance', () => {
      const paced = { spread: { paceMs: 20 * SECOND, atOnce: 0 } };

      it('follows the last one that did after that time', () => {
        assert.equal(reserve(paced), undefined);
        assert.equal(reserve(paced, 19), 1);
        assert.equal(reserve(paced, 20), undefined);
        assert.deepEqual(written(), [0, 20]);
      });

      it('waits for no other call, and no other call for it', () => {
        sent(0);
        assert.equal(reserve(paced), undefined);
        assert.equal(reserve(), undefined);
      });

      it('waits for whole milliseconds', () => {
        reserve(paced);
        assert.equal(reserve({ spread: { paceMs: 333.1, atOnce: 0 } }), 0.334);
      });

      it('does not wait while so few were sent that they may go at once', () => {
        const three = { spread: { paceMs: 25 * SECOND, atOnce: 2 } };
        assert.equal(reserve(three), undefined);
        assert.equal(reserve(three, 1), undefined);
        assert.equal(reserve(three, 2), 24);
        assert.deepEqual(written(), [0, 1]);
      });

      it('waits until so few are left in the window, where that is sooner', () => {
        const two = { spread: { paceMs: 50 * SECOND, atOnce: 2 } };
        sent(-50);
        assert.equal(reserve(two), undefined);
        // The distance is kept at 50 only, and the first of two calls leaves the window at 10.
        assert.equal(reserve(two, 1), 9);
        assert.equal(reserve(two, 10), undefined);
      });

      it('leaves one call until another is free as soon as the distance is kept again', () => {
        const leaving = { ...paced, leavesOne: true };
        sent(-50, -45);
        // The first of the two leaves the window at 10; a distance of 20 seconds before that is the moment -10.
        assert.equal(reserve(leaving, -11), 1);
        assert.equal(reserve({ ...leaving, leavesOne: false }, -11), undefined);
      });

      it('leaves one call of two, and none of a single one', () => {
        const leaving = { spread: { paceMs: 20 * SECOND, atOnce: 0 }, leavesOne: true };
        const of = (calls: number, second: number) =>
          store.transaction(() =>
            reserveCall(
              store.requests,
              ORIGIN,
              'scarce',
              { ...LIMITER, calls },
              NOW + second * SECOND,
              leaving,
            ),
          );
        sent(-50);
        assert.equal(of(2, -11), NOW - 10 * SECOND);
        assert.equal(of(2, -10), undefined);
        assert.equal(of(1, 70), undefined);
      });

      it('waits for none that has left the window', () => {
        reserve(paced, -60);
        assert.equal(reserve({ spread: { paceMs: 90 * SECOND, atOnce: 0 } }), undefined);
      });

      it('does not wait after an explicit yes', () => {
        reserve(paced);
        assert.equal(reserve({ ...paced, beyondBudget: true }), undefined);
      });
    });

    describe('that leaves room for planned ones', () => {
      it('is sent where all of them find room beside it', () => {
        // Ten seconds from now the planned one is the third within a minute.
        sent(-40);
        assert.equal(reserve(leaving(10)), undefined);
        assert.deepEqual(written(), [-40, 0]);
      });

      it('waits until a planned one is made where that would be one too many', () => {
        sent(-20, -10);
        assert.equal(reserve(leaving(10)), 10);
        assert.deepEqual(written(), [-20, -10]);
      });

      it('counts the planned ones before each', () => {
        assert.equal(reserve(leaving(10, 20)), undefined);
        assert.equal(reserve(leaving(10, 20)), 10);
      });

      it('counts a call until it is a window old', () => {
        // At 40 seconds the first is exactly a minute old; a second earlier it is not.
        sent(-20, -10);
        assert.equal(reserve(leaving(39)), 39);
        assert.equal(reserve(leaving(40)), undefined);
      });

      it('leaves none for what is planned a window from now or later', () => {
        assert.equal(reserve(leaving(60, 60, 60)), undefined);
        assert.equal(reserve(leaving(59, 59, 59), 0), 59);
      });

      it('is tried again when the oldest call leaves the window, if that is first', () => {
        sent(-50, -10);
        assert.equal(reserve(leaving(5, 20)), 5);
        assert.equal(reserve(leaving(0, 9, 20)), 10);
      });

      it('is tried again a window later at the latest', () => {
        assert.equal(reserve(leaving(0, 0, 0)), 60);
      });
    });

    describe('after the clock was put back', () => {
      const calls = () =>
        store.requests.sentSince(ORIGIN, 'scarce', 0).map(at => Math.round((at - NOW) / SECOND));

      it('has calls where they were before the last one, which is taken for one of this moment, and holds their length', () => {
        sent(-30, 3540, 3600);
        store.transaction(() =>
          store.requests.holdLimiter(ORIGIN, 'scarce', NOW + HOUR + 2 * MINUTE, NOW + HOUR),
        );
        assert.equal(reserve(), 120);
        // The first may be by the clock of now, which was put forward after it.
        assert.deepEqual(calls(), [-60, -30, 0]);
        assert.equal(reserve({}, 120), undefined);
      });

      it('has those of other limiters as far back, and of before the leap where nothing was paused', () => {
        sent(-600, -300, 200, 600);
        store.transaction(() =>
          store.requests.addCall('https://other.example', 'general', NOW + 1100 * SECOND),
        );
        store.transaction(() => store.requests.dropFuture(NOW));
        assert.deepEqual(calls(), [-1700, -1400, -900, -500]);
      });

      it('by less than a minute has them where they were', () => {
        sent(-30, 60);
        store.transaction(() => store.requests.dropFuture(NOW));
        assert.deepEqual(calls(), [-30, 60]);
      });
    });
  });
});
