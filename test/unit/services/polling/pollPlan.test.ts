import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import { nextDueAt } from '../../../../src/services/polling/nextDueAt.ts';
import { type PlannedKey, pollIntervals } from '../../../../src/services/polling/pollPlan.ts';
import { scheduledCalls } from '../../../../src/services/polling/scheduledCalls.ts';
import { forAll } from '../../support/forAll.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

/** Ten calls in twenty minutes: one every two minutes. */
const SCARCE = { calls: 10, windowMs: 20 * MINUTE, holdMs: 20 * MINUTE };

function plannedKey(id: string, more: Partial<PlannedKey> = {}): PlannedKey {
  return {
    id,
    baseUrl: 'https://gw.example',
    limiterName: 'scarce',
    limiter: SCARCE,
    paused: false,
    pinned: false,
    pace: 'close',
    wantedMs: 5 * MINUTE,
    ...more,
  };
}

const plannedKeys = (size: number, more: Partial<PlannedKey> = {}) =>
  Array.from({ length: size }, (_, index) => plannedKey(`key-${index}`, more));

/** The intervals in minutes. */
function minutes(...keys: PlannedKey[]): Record<string, number> {
  return Object.fromEntries([...pollIntervals(keys)].map(([id, ms]) => [id, ms / MINUTE]));
}

describe('intervals', () => {
  const ALONE: readonly [keys: number, minutes: number][] = [
    [1, 5],
    [2, 5],
    [3, 6],
    [5, 10],
    [30, 60],
  ];
  for (const [keys, expected] of ALONE) {
    it(`${keys} on one origin: every ${expected} minutes each`, () => {
      assert.deepEqual(new Set(Object.values(minutes(...plannedKeys(keys)))), new Set([expected]));
    });
  }

  it('a user who wants fewer checks gets fewer', () => {
    assert.deepEqual(minutes(plannedKey('slow', { wantedMs: 60 * MINUTE })), { slow: 60 });
  });

  it('thirty keys, one pinned: every seven minutes, and the others every eighty', () => {
    const all = minutes(plannedKey('pinned', { pinned: true }), ...plannedKeys(29));
    assert.equal(all.pinned?.toFixed(1), '6.8');
    assert.equal(all['key-0']?.toFixed(1), '82.0');
  });

  it('a key that has not moved for a while is asked at nine minutes, after days at twenty, where calls are ample', () => {
    const all = minutes(
      plannedKey('moving', { limiter: { ...SCARCE, calls: 100 } }),
      plannedKey('usual', { limiter: { ...SCARCE, calls: 100 }, pace: 'usual' }),
      plannedKey('still', { limiter: { ...SCARCE, calls: 100 }, pace: 'seldom' }),
    );
    assert.deepEqual(all, { moving: 5, usual: 9, still: 20 });
  });

  it('keys in use take from those that stand still for days, and from no others', () => {
    // Ten calls among twelve are 5/6 each; five of the usual pace keep that. The rest, 35/6, goes to two in use and
    // five still ones by 4 to 1/4: 2 × 4 + 5 × 1/4 = 9.25 weights. A key in use needs no more than four calls.
    const all = minutes(
      ...plannedKeys(5, { pace: 'usual' }),
      ...[1, 2].map(number => plannedKey(`moving-${number}`)),
      ...[1, 2, 3, 4, 5].map(number => plannedKey(`still-${number}`, { pace: 'seldom' })),
    );
    assert.equal(all['key-0']?.toFixed(2), '24.00');
    assert.equal(all['moving-1']?.toFixed(2), '7.93');
    assert.equal(all['still-1']?.toFixed(1), '126.9');
  });

  it('what a pinned key does not want goes to the others', () => {
    // Four of ten calls are the pinned key's, and six are for three others.
    const all = minutes(plannedKey('pinned', { pinned: true }), ...plannedKeys(3));
    assert.deepEqual(all, { pinned: 5, 'key-0': 10, 'key-1': 10, 'key-2': 10 });
  });

  it('a pinned key is not asked more often than wanted', () => {
    assert.equal(minutes(plannedKey('pinned', { pinned: true }), plannedKey('other')).pinned, 5);
  });

  it('keys elsewhere, of another limiter, or paused take no calls from these', () => {
    const alone = minutes(
      plannedKey('here'),
      ...plannedKeys(9, { baseUrl: 'https://other.example' }),
      ...plannedKeys(9, { limiterName: 'general' }),
      ...plannedKeys(9, { paused: true }),
    );
    assert.equal(alone.here, 5);
  });

  it('a paused key has the interval it will have when it goes on', () => {
    assert.equal(minutes(plannedKey('paused', { paused: true }), ...plannedKeys(4)).paused, 10);
  });

  it('paused keys beside others each have what they would have alone beside them', () => {
    const asked = plannedKeys(300);
    const wishes = [{}, { wantedMs: 60 * MINUTE }, { pinned: true }, { wantedMs: 2000 * MINUTE }];
    const paused = wishes.flatMap((more, index) => [
      plannedKey(`a${index}`, { paused: true, ...more }),
      plannedKey(`b${index}`, { paused: true, ...more }),
    ]);
    const together = minutes(...asked, ...paused);
    for (const one of paused)
      assert.equal(together[one.id], minutes(...asked, one)[one.id], `${one.id}: ${together[one.id]}`);
  });

  it('300 paused keys beside 300 others cost no more than a few of them', () => {
    let looks = 0;
    const counting = (key: PlannedKey) =>
      new Proxy(key, {
        get: (target, name) => {
          looks++;
          return Reflect.get(target, name);
        },
      });
    const asked = plannedKeys(300).map(counting);
    const paused = Array.from({ length: 300 }, (_, index) => plannedKey(`paused-${index}`, { paused: true }));
    const costOf = (...keys: PlannedKey[]) => {
      looks = 0;
      pollIntervals(keys);
      return looks;
    };
    const few = costOf(...asked, ...paused.slice(0, 3));
    const many = costOf(...asked, ...paused);
    assert.ok(few >= 300 && many < 8 * few, `${many} looks against ${few}`);
  });

  it('all together never ask more than the limiter allows', () => {
    const some = fc.array(
      fc.record({
        pinned: fc.boolean(),
        paused: fc.boolean(),
        pace: fc.constantFrom('close' as const, 'usual' as const, 'seldom' as const),
        wanted: fc.integer({ min: 1, max: 120 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    forAll(some, keys => {
      const planned = keys.map(({ wanted, ...more }, index) =>
        plannedKey(`${index}`, { ...more, wantedMs: wanted * MINUTE }),
      );
      const intervals = pollIntervals(planned);
      const calls = planned
        .filter(({ paused }) => !paused)
        .reduce((sum, { id }) => sum + SCARCE.windowMs / (intervals.get(id) ?? 0), 0);
      const areFinite = [...intervals.values()].every(ms => ms > 0 && Number.isFinite(ms));
      return intervals.size === keys.length && areFinite && calls <= SCARCE.calls + 1e-9;
    });
  });
});

describe('when a key is due again', () => {
  const due = (failure: Failure | undefined, failures: number, chance = 0.5, heldUntil?: number) =>
    nextDueAt({ failure, failures, intervalMs: 5 * MINUTE, now: NOW, chance, heldUntil });
  const failure: Failure = { class: 'transient', reason: 'timeout' };

  it('after four hours where a refusal does not say since when', () => {
    assert.equal(due({ class: 'bad-key', reason: 'refused-key' }, 1, 0), NOW + 4 * HOUR);
  });

  it('after its interval where our own budget had no room, and has by now', () => {
    assert.equal(due({ class: 'rate-limited', reason: 'own-budget' }, 1), NOW + 5 * MINUTE);
  });

  it('after its interval where a pause ends with it', () => {
    const paused: Failure = { class: 'rate-limited', reason: 'too-many-requests' };
    assert.equal(due(paused, 1, 0.5, NOW + 5 * MINUTE), NOW + 5 * MINUTE);
    // A millisecond later the pause counts, and half of the jitter: a tenth of five minutes.
    assert.equal(due(paused, 1, 0.5, NOW + 5 * MINUTE + 1), NOW + 5 * MINUTE + 1 + 15_000);
  });

  it('after its interval, give or take a tenth', () => {
    assert.equal(due(undefined, 0, 0), NOW + 4.5 * MINUTE);
    assert.equal(due(undefined, 0, 0.5), NOW + 5 * MINUTE);
    assert.equal(due(undefined, 0, 1), NOW + 5.5 * MINUTE);
  });

  describe('of many that were checked together', () => {
    const spread = (chance: number, failed?: Failure) =>
      (nextDueAt({
        ...{ failure: failed, failures: failed ? 1 : 0, intervalMs: 9 * MINUTE },
        ...{ now: NOW, chance, spreads: true },
      }) -
        NOW) /
      MINUTE;

    it('between a third of its interval and the whole, by chance', () =>
      assert.deepEqual([spread(0), spread(0.5), spread(1)], [3, 6, 9]));

    it('after its interval where the check failed', () => assert.equal(spread(0.5, failure), 9));
  });

  describe('at a distance from others', () => {
    /** In seconds; ten keys are as far apart as 30 seconds. */
    const among = (others: readonly number[], more: { chance?: number; failure?: Failure } = {}) =>
      (nextDueAt({
        ...{ failure: undefined, failures: 0, intervalMs: 5 * MINUTE, now: NOW, chance: 0.5, ...more },
        others: others.map(seconds => NOW + seconds * 1000),
      }) -
        NOW) /
      1000;
    const AT = [300, 300, 300, 300, 300, 300, 300, 300, 300];

    it('by no more than its jitter', () => assert.equal(among(AT), 270));
    it('by chance where it is far enough anyway', () => {
      assert.equal(among([260, ...AT.slice(1).map(() => 900)], { chance: 0.75 }), 315);
    });
    it('in the middle of a gap', () => assert.equal(among([280, 320, 330, 270]), 300));
    it('by chance alone where the check failed', () => assert.equal(among(AT, { failure }), 300));
  });

  describe('together with a check of another gateway', () => {
    const beside = (...seconds: readonly number[]) =>
      (nextDueAt({
        ...{ failures: 0, intervalMs: 5000, now: NOW, chance: 0.5 },
        elsewhere: seconds.map(each => NOW + each * 1000),
      }) -
        NOW) /
      1000;

    it('up to a tenth of its interval sooner or later, and no more', () => {
      assert.deepEqual([beside(4.5), beside(5.5)], [4.5, 5.5]);
      assert.deepEqual([beside(4.499), beside(5.501)], [5, 5]);
    });
  });

  const BACKOFF: readonly [failures: number, intervals: number][] = [
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 8],
    [5, 16],
    [6, 16],
    [100, 16],
  ];
  for (const [failures, intervals] of BACKOFF) {
    it(`after ${failures} failures in a row: ${intervals} intervals`, () =>
      assert.equal(due(failure, failures), NOW + intervals * 5 * MINUTE));
  }

  it('after many failures of a key with a long interval: no more than four hours, or its interval', () => {
    const waitFor = (intervalMs: number) =>
      nextDueAt({ failure, failures: 10, intervalMs, now: NOW, chance: 0.5 }) - NOW;
    assert.equal(waitFor(20 * MINUTE), 240 * MINUTE);
    assert.equal(waitFor(160 * MINUTE), 240 * MINUTE);
    assert.equal(waitFor(300 * MINUTE), 300 * MINUTE);
  });

  const LASTING: readonly [hours: number, wait: number][] = [
    [0, 4],
    [3, 4],
    [4, 4],
    [8, 8],
    [16, 16],
    [32, 24],
    [24 * 365, 24],
  ];
  for (const [hours, wait] of LASTING) {
    it(`a key that is refused for ${hours} hours: in ${wait} hours`, () => {
      const since = NOW - hours * HOUR;
      for (const refusal of [
        { class: 'bad-key', reason: 'refused-key', since },
        { class: 'disabled', reason: 'banned', since },
      ] as const)
        assert.equal(due(refusal, 9, 0), NOW + wait * HOUR);
    });
  }

  it('a refusal that does not count yet: ten minutes after it was first said', () => {
    const doubted = { class: 'transient', reason: 'doubted-refusal', doubted: 'bad-key' } as const;
    assert.equal(due({ ...doubted, since: NOW }, 1, 0), NOW + 10 * MINUTE);
    assert.equal(due({ ...doubted, since: NOW - 7 * MINUTE }, 2, 0), NOW + 3 * MINUTE);
    assert.equal(due({ ...doubted, since: NOW - 9.9 * MINUTE }, 2, 0), NOW + MINUTE);
  });

  it('a key that has ended is asked again: it may be renewed', () => {
    assert.equal(due({ class: 'expired', reason: 'past-expiry' }, 1), NOW + 5 * MINUTE);
    assert.equal(due({ class: 'exhausted', reason: 'used-up' }, 1), NOW + 5 * MINUTE);
    assert.equal(due({ class: 'exhausted', reason: 'used-up' }, 2), NOW + 10 * MINUTE);
  });

  it('a key that has ended, once that was said twice: after 4, 8, 16 hours, then once a day', () => {
    const ended: Failure = { class: 'expired', reason: 'past-expiry' };
    const waits = [2, 3, 4, 5, 6, 4000].map(failures => ((due(ended, failures, 0) ?? 0) - NOW) / HOUR);
    assert.deepEqual(waits, [4, 8, 16, 24, 24, 24]);
  });

  it('a key that waits for its turn: at the end of the hold, however often it had to', () => {
    const held: Failure = { class: 'rate-limited', reason: 'own-budget' };
    assert.equal(due(held, 9, 0, NOW + 20 * MINUTE), NOW + 20 * MINUTE);
    assert.equal(due(held, 1, 1, NOW + 20 * MINUTE), NOW + 20.5 * MINUTE);
  });

  it('a gateway that asks for a pause gets it, and the backoff where that is longer', () => {
    const limited: Failure = { class: 'rate-limited', reason: 'too-many-requests' };
    assert.equal(due(limited, 1, 0, NOW + 20 * MINUTE), NOW + 20 * MINUTE);
    assert.equal(due(limited, 1, 0.5, NOW + 1000), NOW + 5 * MINUTE);
    assert.equal(due(limited, 4, 0.5, NOW + 1000), NOW + 40 * MINUTE);
    assert.equal(due(limited, 9, 0.5, NOW + 20 * MINUTE), NOW + 80 * MINUTE);
  });

  it('stays within its bounds for every chance', () => {
    forAll(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 9 })),
      ([chance, failures]) => {
        const wait = (due(failures > 0 ? failure : undefined, failures, chance) ?? 0) - NOW;
        const factor = failures > 0 ? Math.min(16, 2 ** (failures - 1)) : 1;
        return wait >= 4.5 * MINUTE * factor && wait <= 5.5 * MINUTE * factor;
      },
    );
  });
});

describe('calls that are planned', () => {
  const planned = (...keys: readonly { dueAt?: number; intervalMs: number }[]) =>
    scheduledCalls(keys, SCARCE, NOW).map(time => (time - NOW) / MINUTE);

  it('are those of one window of the limiter', () => {
    assert.deepEqual(planned({ dueAt: NOW + MINUTE, intervalMs: 8 * MINUTE }), [1, 9, 17]);
  });

  it('of keys that are overdue begin now', () => {
    assert.deepEqual(planned({ dueAt: NOW - 90 * MINUTE, intervalMs: 10 * MINUTE }), [0, 10]);
  });

  it('are none for paused keys, and for those that come later', () => {
    assert.deepEqual(
      planned({ intervalMs: 5 * MINUTE }, { dueAt: NOW + 20 * MINUTE, intervalMs: MINUTE }),
      [],
    );
  });

  it('are half of what the limiter allows at most, the soonest', () => {
    const keys = Array.from({ length: 30 }, (_, index) => ({
      dueAt: NOW + (30 - index) * 1000,
      intervalMs: 60 * MINUTE,
    }));
    assert.deepEqual(
      scheduledCalls(keys, SCARCE, NOW).map(time => (time - NOW) / 1000),
      [1, 2, 3, 4, 5],
    );
  });
});
