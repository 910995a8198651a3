import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import { DAY, HOUR, keyRecord, MINUTE, NOW } from '../../support/samples.ts';

const key = (id: string, fingerprint = id): KeyRecord => keyRecord(id, { fingerprint });
const usage = (used: number): Usage => ({
  unit: { code: 'USD', source: 'gateway' },
  total: { used },
  coverage: { complete: true },
  source: 'logs',
});
const MAY = { from: NOW - 30 * DAY, to: NOW - DAY };

describe('the last answer to a range', () => {
  it('is kept with its time, the newer one in place of the older', () => {
    const answers = new UsageCache();
    assert.equal(answers.cachedUsage(key('a'), MAY, NOW), undefined);
    answers.cacheUsage(key('a'), MAY, usage(1), NOW);
    answers.cacheUsage(key('a'), MAY, usage(2), NOW + HOUR);
    assert.deepEqual(answers.cachedUsage(key('a'), MAY, NOW + DAY), { usage: usage(2), at: NOW + HOUR });
  });

  it('is of that key, its secret and that range alone', () => {
    const answers = new UsageCache();
    answers.cacheUsage(key('a'), MAY, usage(1), NOW);
    for (const [other, range] of [
      [key('b', 'a'), MAY],
      [key('a', 'another secret'), MAY],
      [key('a'), { ...MAY, from: MAY.from + 1 }],
      [key('a'), { ...MAY, to: MAY.to - 1 }],
    ] as const) {
      assert.equal(answers.cachedUsage(other, range, NOW), undefined);
    }
  });

  it('is not asked for again within a minute, while its key has spent nothing', () => {
    const answers = new UsageCache();
    assert.equal(answers.wasJustAsked(key('a'), MAY, 5, NOW), false);
    answers.noteAsked(key('a'), MAY, 5, NOW);
    assert.equal(answers.wasJustAsked(key('a'), MAY, 5, NOW + MINUTE - 1), true);
    assert.equal(answers.wasJustAsked(key('a'), MAY, 5, NOW + MINUTE), false);
    // The key has spent; another key, secret or range; a clock that was put back.
    assert.equal(answers.wasJustAsked(key('a'), MAY, 6, NOW), false);
    assert.equal(answers.wasJustAsked(key('a'), MAY, undefined, NOW), false);
    assert.equal(answers.wasJustAsked(key('b'), MAY, 5, NOW), false);
    assert.equal(answers.wasJustAsked(key('a', 'another secret'), MAY, 5, NOW), false);
    assert.equal(answers.wasJustAsked(key('a'), { ...MAY, to: MAY.to - 1 }, 5, NOW), false);
    assert.equal(answers.wasJustAsked(key('a'), MAY, 5, NOW - 1), false);
    const day = (now: number) => ({ from: now - DAY, to: now });
    answers.noteAsked(key('a'), day(NOW), 5, NOW);
    assert.equal(answers.wasJustAsked(key('a'), day(NOW + 1000), 5, NOW + 1000), true);
  });

  it('of the last 24 hours is found again later, though they are others then', () => {
    const answers = new UsageCache();
    answers.cacheUsage(key('a'), { from: NOW - DAY, to: NOW }, usage(1), NOW);
    const later = NOW + 10 * MINUTE;
    assert.equal(answers.cachedUsage(key('a'), { from: later - DAY, to: later }, later)?.at, NOW);
    assert.equal(
      answers.cachedUsage(key('a'), { from: later - HOUR, to: later }, later),
      undefined,
      'other length',
    );
  });

  it('of a range that ended a minute ago or ends in the future is of that range alone', () => {
    for (const [late, isFound] of [
      [MINUTE - 1, true],
      [MINUTE, false],
      [-1, false],
    ] as const) {
      const answers = new UsageCache();
      const ending = (now: number) => ({ from: now - late - DAY, to: now - late });
      answers.cacheUsage(key('a'), ending(NOW), usage(1), NOW);
      const found = answers.cachedUsage(key('a'), ending(NOW + HOUR), NOW + HOUR);
      assert.equal(found !== undefined, isFound, `${late} ms`);
    }
  });

  it('is forgotten after three hundred others, the one that was given longest ago first', () => {
    const answers = new UsageCache();
    for (let n = 0; n < 300; n++) answers.cacheUsage(key(`${n}`), MAY, usage(n), NOW);
    answers.cacheUsage(key('0'), MAY, usage(0), NOW + 1);
    answers.cacheUsage(key('300'), MAY, usage(300), NOW + 2);
    const kept = ['0', '1', '2', '300'].filter(id => answers.cachedUsage(key(id), MAY, NOW));
    assert.deepEqual(kept, ['0', '2', '300']);
  });
});

describe('the order in which keys are best asked about a range', () => {
  it('begins with those that have no answer, as they stand, and goes on with the oldest one', () => {
    const answers = new UsageCache();
    const keys = ['new', 'old', 'none', 'alike', 'nothing'].map(id => key(id));
    const at = { new: 3, old: 1, alike: 3 };
    for (const [id, time] of Object.entries(at)) answers.cacheUsage(key(id), MAY, usage(1), NOW + time);
    assert.deepEqual(
      answers.oldestFirst(keys, MAY, NOW + HOUR).map(({ id }) => id),
      ['none', 'nothing', 'old', 'new', 'alike'],
    );
  });
});
