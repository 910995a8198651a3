import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { limitByShare, type Share, shareAfterCleanTime } from '../../../../src/core/quota/share.ts';
import { shareAfterRefusal } from '../../../../src/core/quota/shareAfterRefusal.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';

const SCARCE = { calls: 10, windowMs: 20 * MINUTE };
const GENERAL = { calls: 90, windowMs: 3 * MINUTE };

describe('the share of a limiter', () => {
  describe('is a limit of whole calls', () => {
    const LIMITS: readonly [limit: typeof SCARCE, share: number, calls: number, minutes: number][] = [
      [SCARCE, 1, 10, 20],
      [SCARCE, 0.25, 2, 20],
      [SCARCE, 0.7, 7, 20],
      [SCARCE, 0.1 + 0.2, 3, 20],
      [SCARCE, 0.1, 1, 20],
      [SCARCE, 0.0625, 1, 32],
      [SCARCE, 0.0125, 1, 160],
      [GENERAL, 0.0625, 5, 3],
      [GENERAL, 1 / 180, 1, 6],
    ];
    for (const [limit, share, calls, minutes] of LIMITS) {
      it(`${share} of ${limit.calls} calls is ${calls} in ${minutes} minutes`, () =>
        assert.deepEqual(limitByShare(limit, share), { calls, windowMs: minutes * MINUTE }));
    }
  });

  describe('after a refusal', () => {
    const whole: Share = { share: 1, changedAt: NOW - HOUR };

    it('is a sixth of few calls, with what we took then', () => {
      assert.deepEqual(shareAfterRefusal(whole, SCARCE, 8, NOW), {
        share: 1 / 6,
        changedAt: NOW,
        refusal: { at: NOW, taken: 0.8 },
      });
    });

    it('took no more than the share, whatever was sent before it was cut', () => {
      const quarter: Share = { share: 0.25, changedAt: NOW - HOUR };
      assert.equal(shareAfterRefusal(quarter, SCARCE, 9, NOW).refusal?.taken, 0.25);
    });

    it('is a quarter of an ample limiter, half of what we took where that is less, and three calls at least', () => {
      const general = (sent: number) => shareAfterRefusal(whole, GENERAL, sent, NOW);
      assert.deepEqual(general(6), { share: 3 / 90, changedAt: NOW, refusal: { at: NOW, taken: 6 / 90 } });
      assert.equal(general(1).share, 3 / 90);
      assert.equal(general(60).share, 0.25);
    });

    it('is never less than a call in eight windows', () => {
      let share = whole;
      const shares = [1, 2, 3, 4, 5].map(hour => {
        share = shareAfterRefusal(share, SCARCE, 5, NOW + hour * HOUR);
        return share.share;
      });
      assert.deepEqual(shares, [1 / 6, 1 / 36, 0.0125, 0.0125, 0.0125]);
      assert.deepEqual(limitByShare(SCARCE, 0.0125), { calls: 1, windowMs: 160 * MINUTE });
    });

    it('is cut once however many calls of one window are refused', () => {
      const first = shareAfterRefusal(whole, SCARCE, 5, NOW);
      const again = shareAfterRefusal(first, SCARCE, 4, NOW + 20 * MINUTE - 1);
      assert.deepEqual(again, { ...first, changedAt: NOW + 20 * MINUTE - 1 });
      assert.equal(shareAfterRefusal(first, SCARCE, 4, NOW + 20 * MINUTE).share, 1 / 36);
    });

    it('is cut though the refusal before is told by a clock that was ahead', () => {
      const first = shareAfterRefusal(whole, SCARCE, 5, NOW);
      assert.equal(shareAfterRefusal(first, SCARCE, 2, NOW - HOUR).share, 1 / 36);
    });
  });

  describe('after a time without refusals', () => {
    const clean = (share: Share, minutes: number, sent: number, limit = SCARCE) =>
      shareAfterCleanTime(share, limit, sent, NOW + minutes * MINUTE);

    it('stays the whole', () => {
      const whole: Share = { share: 1, changedAt: NOW };
      assert.equal(clean(whole, 600, 100), whole);
    });

    it('is twice as much five minutes later where nobody ever refused, up to the whole', () => {
      assert.deepEqual(clean({ share: 0.4, changedAt: NOW }, 5, 1), {
        share: 0.8,
        changedAt: NOW + 5 * MINUTE,
      });
      assert.equal(clean({ share: 0.8, changedAt: NOW }, 20, 8).share, 1);
      const some: Share = { share: 0.4, changedAt: NOW };
      assert.equal(clean(some, 4.9, 4), some);
    });

    it('stays as it is where we did not use half of it, and is looked at again later', () => {
      const some: Share = { share: 0.4, changedAt: NOW };
      assert.deepEqual(clean(some, 20, 1), { share: 0.4, changedAt: NOW + 20 * MINUTE });
      assert.deepEqual(clean(some, 20, 2), { share: 0.8, changedAt: NOW + 20 * MINUTE });
      assert.equal(clean(some, 5, 0).share, 0.4);
      // A night's sleep is no proof either: 14 hours of four calls in twenty minutes are 168.
      assert.equal(clean(some, 14 * 60, 4).share, 0.4);
    });

    it('is looked at again when the clock was put back', () => {
      assert.deepEqual(clean({ share: 0.4, changedAt: NOW + HOUR }, 0, 4), { share: 0.4, changedAt: NOW });
    });

    const refusal = { at: NOW - HOUR, taken: 0.8 };

    it('is a hundredth more after a refusal, twenty minutes or a window of its own later', () => {
      const some: Share = { share: 0.15, changedAt: NOW, refusal };
      assert.equal(clean(some, 19.9, 2), some);
      assert.deepEqual(clean(some, 20, 2), { share: 0.1515, changedAt: NOW + 20 * MINUTE, refusal });
      assert.equal(clean({ ...some, share: 0.25 }, 19, 100, GENERAL).share, 0.25);
      const little: Share = { share: 0.0125, changedAt: NOW, refusal };
      assert.equal(clean(little, 159, 1), little);
      assert.equal(clean(little, 160, 1).share, 0.012625);
    });

    it('is three calls more after a refusal where there are many', () => {
      const little: Share = { share: 3 / 90, changedAt: NOW, refusal };
      assert.equal(clean(little, 20, 10, GENERAL).share, 6 / 90);
    });

    it('is a quarter of what we took when a refusal came, half of it after a week, and all of it after two', () => {
      const grown = (share: number, daysAgo: number) =>
        clean({ share, changedAt: NOW, refusal: { at: NOW - daysAgo * DAY, taken: 0.8 } }, 20, 8).share;
      assert.deepEqual([grown(0.195, 1), grown(0.199, 1), grown(0.2, 3)], [0.195 * 1.01, 0.2, 0.2]);
      // Twenty minutes more than a week ago.
      assert.equal(grown(0.399, 7).toFixed(4), '0.4008');
      assert.equal(grown(0.6, 7), 0.6);
      assert.equal(grown(0.8, 14), 0.808);
      // As far ahead as a clock was that was put back.
      assert.equal(grown(0.8, -400), 0.808);
    });

    it('forgets a refusal once twice as much as we took then is let through, or the whole', () => {
      const taken = (part: number) => ({ at: NOW - 15 * DAY, taken: part });
      assert.ok(clean({ share: 0.197, changedAt: NOW, refusal: taken(0.1) }, 20, 2).refusal);
      assert.equal(clean({ share: 0.199, changedAt: NOW, refusal: taken(0.1) }, 20, 2).refusal, undefined);
      assert.ok(clean({ share: 0.98, changedAt: NOW, refusal: taken(0.9) }, 20, 9).refusal);
      assert.deepEqual(clean({ share: 0.995, changedAt: NOW, refusal: taken(0.9) }, 20, 9), {
        share: 1,
        changedAt: NOW + 20 * MINUTE,
      });
    });
  });
});
