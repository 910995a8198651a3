import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { byAttention, isExpiring, isFine, timeLeft } from '../../../../src/core/quota/attention.ts';
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

  it('is worth a word within seven days', () => {
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
      assert.equal(isFine(keyState({ status: status as Status }), NOW), fine));
  }

  it('a key that ends within days needs it while it is ok', () => {
    assert.equal(isFine(keyState(ending(DAY)), NOW), false);
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
    const keys = statuses.map(status => keyState({ label: status, id: status, status }));
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
