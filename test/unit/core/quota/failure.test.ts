import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { afterConfirmation } from '../../../../src/core/quota/confirmFailure.ts';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import { DAY, MINUTE, NOW } from '../../support/samples.ts';

const REFUSED: Failure = { class: 'bad-key', reason: 'refused-key', status: 401, words: '无效的令牌' };
const DISABLED: Failure = { class: 'disabled', reason: 'key-disabled', status: 403 };
const TIMEOUT: Failure = { class: 'transient', reason: 'timeout' };
const doubt = (of: 'bad-key' | 'disabled', since: number): Failure => ({
  class: 'transient',
  reason: 'doubted-refusal',
  since,
  doubted: of,
});

/** Whether it counts, and since when it is said. */
const weigh = (failure: Failure, before: Failure | undefined, hasWorked = true) => {
  const { class: told, since, doubted } = afterConfirmation(failure, before, hasWorked, NOW);
  return [told, since === undefined ? undefined : since - NOW, doubted] as const;
};

describe('a refusal that would be lasting', () => {
  it('counts at once for a key that never worked', () => {
    assert.deepEqual(weigh(REFUSED, undefined, false), ['bad-key', 0, undefined]);
    assert.deepEqual(weigh(DISABLED, undefined, false), ['disabled', 0, undefined]);
  });

  it('is doubted the first time for a key that has worked, and keeps the gateway’s own words', () => {
    assert.deepEqual(afterConfirmation(REFUSED, undefined, true, NOW), {
      class: 'transient',
      reason: 'doubted-refusal',
      status: 401,
      words: '无效的令牌',
      since: NOW,
      doubted: 'bad-key',
    });
  });

  const CASES: readonly [what: string, failure: Failure, before: Failure, told: ReturnType<typeof weigh>][] =
    [
      [
        'is doubted still when it is repeated before ten minutes are over',
        REFUSED,
        doubt('bad-key', NOW - 10 * MINUTE + 1),
        ['transient', 1 - 10 * MINUTE, 'bad-key'],
      ],
      [
        'counts when it is repeated after ten minutes',
        REFUSED,
        doubt('bad-key', NOW - 10 * MINUTE),
        ['bad-key', -10 * MINUTE, undefined],
      ],
      [
        'is doubted again where the gateway said another thing before',
        REFUSED,
        doubt('disabled', NOW - DAY),
        ['transient', 0, 'bad-key'],
      ],
      [
        'is doubted again after a failure that says nothing of the key',
        DISABLED,
        TIMEOUT,
        ['transient', 0, 'disabled'],
      ],
      [
        'goes on to count, since it was said first',
        DISABLED,
        { ...DISABLED, since: NOW - 2 * MINUTE },
        ['disabled', -2 * MINUTE, undefined],
      ],
      [
        'does not count because another one did',
        DISABLED,
        { ...REFUSED, since: NOW - 2 * MINUTE },
        ['transient', 0, 'disabled'],
      ],
      [
        'that was begun in a future which a clock put back has made is counted from now',
        REFUSED,
        doubt('bad-key', NOW + DAY),
        ['transient', 0, 'bad-key'],
      ],
      ['of which no beginning was kept begins now', REFUSED, { ...REFUSED }, ['bad-key', 0, undefined]],
    ];
  for (const [what, failure, before, told] of CASES)
    it(what, () => assert.deepEqual(weigh(failure, before), told));

  it('is nothing that says nothing of the key', () => {
    for (const failure of [TIMEOUT, { class: 'exhausted', reason: 'used-up' }] as const)
      assert.equal(afterConfirmation(failure, undefined, true, NOW), failure);
  });
});
