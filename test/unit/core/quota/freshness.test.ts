import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isCurrent, isOverdue } from '../../../../src/core/quota/freshness.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { at, HOUR, keyState, MINUTE, NOW } from '../../support/samples.ts';

const checked = (ago: number, intervalMs?: number): Partial<KeyState> => ({
  checkedAt: at(-ago),
  nextCheckAt: intervalMs === undefined ? undefined : at(intervalMs - ago),
});

describe('a check is missing', () => {
  const CASES: readonly [what: string, key: Partial<KeyState>, isMissing: boolean][] = [
    ['a quarter of an hour after the last', checked(15 * MINUTE, 5 * MINUTE), false],
    ['later than that', checked(15 * MINUTE + 1, 5 * MINUTE), true],
    ['two and a half intervals after the last, where they are long', checked(150 * MINUTE, HOUR), false],
    ['later than that, where they are long', checked(150 * MINUTE + 1, HOUR), true],
    ['of a key that is not asked any more, after a quarter of an hour', checked(15 * MINUTE), false],
    ['of a key that is not asked any more, later than that', checked(15 * MINUTE + 1), true],
    ['of a key that was never asked', { checkedAt: undefined, nextCheckAt: at(0) }, true],
  ];
  for (const [what, key, isMissing] of CASES) {
    it(`${isMissing ? 'yes' : 'not yet'}: ${what}`, () =>
      assert.equal(isOverdue(keyState(key), NOW), isMissing));
  }
});

describe('figures speak for the present', () => {
  const isNow = (more: Partial<KeyState>) => isCurrent(keyState(more), NOW);

  it('where the last check brought them and no other is missing', () => {
    assert.equal(isNow({}), true);
    assert.equal(isNow(checked(16 * MINUTE, 5 * MINUTE)), false);
  });

  it('not where the last check failed, or never brought any', () => {
    assert.equal(isNow({ failure: { class: 'transient', message: '', reason: 'timeout' } }), false);
    assert.equal(isNow({ reading: undefined }), false);
  });
});
