import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  byAttention,
  needsAttention,
  needsNoAttention,
  sortedByAttention,
  unusableAndUnused,
} from '../../../../src/core/quota/attention.ts';
import { isExpiring, timeLeft } from '../../../../src/core/quota/ends.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { forAll } from '../../support/forAll.ts';
import { at, DAY, keyState, NOW, quota, reading } from '../../support/samples.ts';

const ending = (ms: number): Partial<KeyState> => ({
  reading: reading({ quota: quota(15, 20), expiresAt: at(ms) }),
});

describe('the end of a key', () => {
  it('is so far away', () => assert.equal(timeLeft(keyState(ending(3 * DAY)), NOW), 3 * DAY));

  it('is not counted once it has passed, nor when there is none', () => {
    assert.equal(timeLeft(keyState(ending(0)), NOW), undefined);
    assert.equal(timeLeft(keyState(ending(-DAY)), NOW), undefined);
    assert.equal(timeLeft(keyState(), NOW), undefined);
    assert.equal(timeLeft(keyState({ reading: undefined }), NOW), undefined);
  });

  it("is the plan's where the key itself has none", () => {
    const planned = keyState({ reading: reading({ expiresAt: null, plan: { expiresAt: at(DAY) } }) });
    assert.equal(timeLeft(planned, NOW), DAY);
  });

  it('is told within seven days', () => {
    assert.equal(isExpiring(keyState(ending(7 * DAY)), NOW), true);
    assert.equal(isExpiring(keyState(ending(7 * DAY + 1)), NOW), false);
  });
});

describe('attention', () => {
  const FINE: Readonly<Record<Status, boolean>> = {
    exhausted: false,
    expired: false,
    invalid: false,
    disabled: false,
    low: false,
    stale: false,
    unknown: false,
    ok: true,
  };
  for (const [status, fine] of Object.entries(FINE)) {
    it(`${status} ${fine ? 'does not need' : 'needs'} it`, () =>
      assert.equal(needsNoAttention(keyState({ status: status as Status }), NOW), fine));
  }

  it('a key that ends within days needs it while it is ok', () => {
    assert.equal(needsNoAttention(keyState(ending(DAY)), NOW), false);
  });
});

describe('the order of attention', () => {
  const sorted = (...keys: KeyState[]) => keys.sort(byAttention(NOW)).map(key => key.label);

  it('goes by urgency first', () => {
    const statuses: Status[] = [
      'ok',
      'unknown',
      'stale',
      'low',
      'disabled',
      'invalid',
      'expired',
      'exhausted',
    ];
    const failure = { class: 'transient', message: 'It did not answer.' };
    const keys = statuses.map(status => keyState({ label: status, id: status, status, failure }));
    const soon = keyState({ label: 'ends soon', id: 'soon', ...ending(DAY) });
    assert.deepEqual(sorted(...keys, soon), [
      'exhausted',
      'expired',
      'invalid',
      'disabled',
      'low',
      'ends soon',
      'stale',
      'unknown',
      'ok',
    ]);
  });

  it('has a key that was just added among those that are well', () => {
    const added = keyState({ status: 'unknown', reading: undefined });
    assert.equal(needsAttention(added, NOW), false);
    const failed = { ...added, failure: { class: 'transient', message: 'It did not answer.' } };
    assert.equal(needsAttention(failed, NOW), true);
  });

  it('then by the share that is left; unknown totals after known, unlimited last', () => {
    const of = (label: string, left: KeyState['reading']) => keyState({ label, id: label, reading: left });
    assert.deepEqual(
      sorted(
        of('unlimited', reading({ quota: { unlimited: true } })),
        of('no total', reading({ quota: quota(2) })),
        of('three quarters', reading({ quota: quota(15, 20) })),
        of('half', reading({ quota: quota(10, 20) })),
      ),
      ['half', 'three quarters', 'no total', 'unlimited'],
    );
  });

  it('then by label, then by id', () => {
    const twins = [
      keyState({ label: 'b', id: '2' }),
      keyState({ label: 'b', id: '1' }),
      keyState({ label: 'a' }),
    ];
    const order = twins.sort(byAttention(NOW)).map(key => `${key.label} ${key.id}`);
    assert.deepEqual(order, ['a id-1', 'b 1', 'b 2']);
  });

  it('does not depend on the order before', () => {
    const keys = (['ok', 'low', 'expired', 'low', 'ok'] as const).map((status, index) =>
      keyState({ id: String(index), label: 'same', status }),
    );
    const usual = [...keys].sort(byAttention(NOW)).map(key => key.id);
    const shuffled = fc.shuffledSubarray(keys, { minLength: keys.length });
    const ids = (some: KeyState[]) => some.sort(byAttention(NOW)).map(key => key.id);
    forAll(shuffled, some => isDeepStrictEqual(ids(some), usual));
  });
});

describe('a key that nobody seems to use any more', () => {
  const busy = keyState({ id: 'busy', forecast: { perDay: 2, confidence: 'fair' } });
  const idle = keyState({ id: 'idle', forecast: { perDay: 0, confidence: 'fair' } });
  const dead = (perDay: number | undefined, more: Partial<KeyState> = {}) =>
    keyState({
      id: 'dead',
      status: 'exhausted',
      reading: reading({ quota: quota(0, 20) }),
      forecast: perDay === undefined ? undefined : { perDay, confidence: 'fair' },
      ...more,
    });
  const isAbandoned = (key: KeyState, ...others: KeyState[]) =>
    unusableAndUnused([key, ...others], NOW).has(key);

  it('is one that no longer works and with which nothing was spent lately', () => {
    assert.equal(isAbandoned(dead(0)), true);
    assert.equal(isAbandoned(dead(0.01), busy), false);
  });

  it('is one of which that is not known, beside others that are in use', () => {
    assert.equal(isAbandoned(dead(undefined)), false);
    assert.equal(isAbandoned(dead(undefined), busy), true);
    assert.equal(isAbandoned(dead(undefined), idle), false);
    assert.equal(isAbandoned(dead(undefined), keyState({ id: 'unknown' })), false);
    assert.equal(isAbandoned(dead(undefined), { ...busy, status: 'expired' }), false);
  });

  it('is one that could be used last three days ago, whatever was spent', () => {
    const takenAt = at(-3 * DAY);
    assert.equal(isAbandoned(dead(2, { reading: reading({ takenAt }) })), true);
    assert.equal(isAbandoned(dead(2, { reading: reading({ takenAt: at(1 - 3 * DAY) }) })), false);
    assert.equal(isAbandoned(dead(2, { reading: reading({ expiresAt: takenAt }) })), true);
    assert.equal(isAbandoned(dead(2, { reading: undefined })), false);
  });

  it('is none that still works', () => {
    assert.deepEqual([...unusableAndUnused([idle, busy, { ...busy, status: 'low' }], NOW)], []);
  });
});

describe('the order of a snapshot', () => {
  const snapshot = [
    keyState({ id: 'calm' }),
    keyState({ id: 'ends', label: 'Z', reading: reading({ quota: quota(15, 20), expiresAt: at(8 * DAY) }) }),
  ];
  const idsAt = (now: number) => sortedByAttention(snapshot, now).map(({ id }) => id);

  it('is made once, and again when time changes it, forwards and back', () => {
    assert.deepEqual(idsAt(NOW), ['calm', 'ends']);
    assert.equal(sortedByAttention(snapshot, NOW), sortedByAttention(snapshot, NOW + DAY - 1));
    assert.deepEqual(idsAt(NOW + DAY), ['ends', 'calm']);
    assert.deepEqual(idsAt(NOW + DAY - 1), ['calm', 'ends']);
  });
});

describe('among keys that are alike in urgency', () => {
  it('one without a known total comes before one without a limit, whatever they are called', () => {
    const unknown = keyState({ id: 'b', label: 'B', reading: reading({ quota: quota(2) }) });
    const unlimited = keyState({ id: 'a', label: 'A', reading: reading({ quota: { unlimited: true } }) });
    assert.deepEqual(
      [unlimited, unknown].sort(byAttention(NOW)).map(({ id }) => id),
      ['b', 'a'],
    );
    const whole = keyState({ id: 'c', label: 'Z', reading: reading({ quota: quota(20, 20) }) });
    assert.deepEqual(
      [unlimited, whole].sort(byAttention(NOW)).map(({ id }) => id),
      ['c', 'a'],
    );
  });

  it('one that is used up is not the less so for ending soon', () => {
    const used = (id: string, more: Partial<KeyState>) =>
      keyState({ id, label: id, status: 'exhausted', ...more });
    const order = [used('a', {}), used('b', ending(DAY)), keyState({ id: 'low', status: 'low' })];
    assert.deepEqual(
      order.sort(byAttention(NOW)).map(({ id }) => id),
      ['a', 'b', 'low'],
    );
  });
});
