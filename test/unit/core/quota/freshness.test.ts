import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { staleAfter } from '../../../../src/core/quota/freshness.ts';
import { isCurrent, isWatched } from '../../../../src/core/quota/isCurrent.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { at, HOUR, keyState, MINUTE, NOW, reading } from '../../support/samples.ts';

describe('what was heard of a key is stale', () => {
  it('after two missed checks, and never before a quarter of an hour', () => {
    assert.equal(staleAfter(MINUTE), 15 * MINUTE);
    assert.equal(staleAfter(5 * MINUTE), 15 * MINUTE);
    assert.equal(staleAfter(10 * MINUTE), 25 * MINUTE);
    assert.equal(staleAfter(60 * MINUTE), 150 * MINUTE);
  });
});

describe('a check is missing', () => {
  const CASES: readonly [what: string, ago: number | undefined, intervalMs: number, isMissing: boolean][] = [
    ['a quarter of an hour after the last', 15 * MINUTE, 5 * MINUTE, false],
    ['later than that', 15 * MINUTE + 1, 5 * MINUTE, true],
    ['two and a half intervals after the last, where they are long', 150 * MINUTE, HOUR, false],
    ['later than that, where they are long', 150 * MINUTE + 1, HOUR, true],
    ['of a key that was never asked', undefined, HOUR, true],
  ];
  for (const [what, ago, intervalMs, isMissing] of CASES) {
    it(`${isMissing ? 'yes' : 'not yet'}: ${what}`, () => {
      const checkedAt = ago === undefined ? undefined : at(-ago);
      // A gateway that asks for pauses, or a budget that is reset soon, moves the next check and nothing else.
      for (const nextCheckAt of [undefined, at(MINUTE), at(9 * HOUR)])
        assert.equal(
          isWatched(keyState({ checkedAt, nextCheckAt }), staleAfter(intervalMs), NOW),
          !isMissing,
        );
    });
  }
});

describe('figures speak for the present', () => {
  const isNow = (more: Partial<KeyState>) => isCurrent(keyState(more), staleAfter(5 * MINUTE), NOW);

  it('where the last check brought them and no other is missing', () => {
    assert.equal(isNow({}), true);
    assert.equal(isNow({ reading: reading({ takenAt: at(-15 * MINUTE) }) }), true);
    assert.equal(isNow({ reading: reading({ takenAt: at(-16 * MINUTE) }) }), false);
  });

  it('not where the last check failed, or never brought any', () => {
    assert.equal(isNow({ failure: { class: 'transient', message: '', reason: 'timeout' } }), false);
    assert.equal(isNow({ reading: undefined }), false);
  });
});
