import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { currentForecast } from '../../../src/core/forecast/currentForecast.ts';
import { isPast, noteChangeAt, withNextChange } from '../../../src/core/nextChange.ts';
import { unusableAndUnused } from '../../../src/core/quota/attention.ts';
import { endPhaseOf, isExpiring, timeLeft } from '../../../src/core/quota/ends.ts';
import { expiriesOf } from '../../../src/core/quota/expiries.ts';
import { readingAt } from '../../../src/core/quota/resets.ts';
import { type StatusInput, statusOf } from '../../../src/core/quota/status.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../support/samples.ts';

/** Milliseconds from now until when an outcome says that it holds. */
const holdsFor = (work: () => unknown) => withNextChange(work).until - NOW;
const FOR_EVER = Number.POSITIVE_INFINITY;

describe('until when an outcome holds', () => {
  it('is the nearest moment that was noted while it was worked out', () => {
    const { value, until } = withNextChange(() => {
      noteChangeAt(NOW + 2);
      noteChangeAt(NOW + 1);
      noteChangeAt(NOW + 3);
      return 'worked out';
    });
    assert.deepEqual([value, until], ['worked out', NOW + 1]);
  });

  it('is for ever where nothing was noted, or only what has come already', () => {
    assert.equal(
      holdsFor(() => isPast(NOW, NOW)),
      FOR_EVER,
    );
  });

  it('is, of a part that is worked out by itself, that of the whole as well, and never the other way', () => {
    const parts: number[] = [];
    const whole = holdsFor(() => {
      noteChangeAt(NOW + 2);
      parts.push(holdsFor(() => noteChangeAt(NOW + 5)));
      parts.push(holdsFor(() => noteChangeAt(NOW + 1)));
      parts.push(holdsFor(() => undefined));
    });
    assert.deepEqual([parts, whole], [[5, 1, FOR_EVER], 1]);
  });

  it('of a whole is noted though a part of it failed, and nothing of it is left for the next', () => {
    const whole = holdsFor(() => {
      noteChangeAt(NOW + 2);
      assert.throws(() =>
        withNextChange(() => {
          noteChangeAt(NOW + 1);
          throw new Error('no');
        }),
      );
    });
    assert.deepEqual([whole, holdsFor(() => undefined)], [1, FOR_EVER]);
  });
});

const ending = (ms: number) => keyState({ reading: reading({ quota: quota(15, 20), expiresAt: at(ms) }) });
const plan = (ms: number) => ({ reading: reading({ quota: quota(15, 20), plan: { expiresAt: at(ms) } }) });
const status = (more: Partial<StatusInput>) => () =>
  statusOf({ now: NOW, low: { percent: 20, amounts: {} }, staleAfterMs: HOUR, checkedAt: NOW, ...more });
const budget = (ms: number) =>
  reading({ takenAt: at(-MINUTE), budget: { spent: 10, limit: 10, resetsAt: at(ms) } });
const dead = (ms: number) =>
  keyState({ status: 'exhausted', reading: reading({ takenAt: at(ms), quota: quota(0, 20) }) });

/** What is worked out, and for how long it holds. */
const HOLDS: readonly [what: string, work: () => unknown, ms: number][] = [
  [
    'that a key does not end soon: to a week before its end',
    () => isExpiring(ending(10 * DAY), NOW),
    3 * DAY,
  ],
  ['that a key ends soon: to its end', () => isExpiring(ending(2 * DAY), NOW), 2 * DAY],
  ['that a key has ended: for ever', () => isExpiring(ending(-DAY), NOW), FOR_EVER],
  ['that a plan ends soon: to its end', () => isExpiring(keyState(plan(DAY)), NOW), DAY],
  ['what is left of a key’s time: to its end', () => timeLeft(ending(9 * DAY), NOW), 9 * DAY],
  [
    'that a dead key may still be missed: to three days after its last good moment',
    () => unusableAndUnused([dead(-DAY)], NOW),
    2 * DAY,
  ],
  [
    'that a dead key is not missed any more: for ever',
    () => unusableAndUnused([dead(-3 * DAY)], NOW),
    FOR_EVER,
  ],
  ['a key’s place in the list of ends: to its end', () => expiriesOf([ending(8 * DAY)], NOW), 8 * DAY],
  [
    'that a stale key may not have ended: to its end',
    () => endPhaseOf({ ...ending(HOUR), status: 'stale' }, NOW),
    HOUR,
  ],
  ['that a budget has not been reset: to its reset', () => readingAt(budget(HOUR), NOW), HOUR],
  [
    'a forecast: to the moment that it names',
    () => currentForecast({ lastsUntil: at(HOUR), confidence: 'good' }, NOW),
    HOUR,
  ],
  [
    'that a reading is fresh: a millisecond longer than it may be old',
    status({ reading: keyState().reading }),
    HOUR + 1,
  ],
  ['that a key has not ended: to its end', status({ reading: ending(MINUTE).reading }), MINUTE],
  ['that a budget is used up: to its reset', status({ reading: budget(MINUTE) }), MINUTE],
  [
    'that a gateway refuses a key as used up: to the reset of its budget',
    status({ reading: budget(MINUTE), checkedAt: NOW, failure: { class: 'exhausted', reason: 'used-up' } }),
    MINUTE,
  ],
];

describe('it holds', () => {
  for (const [what, work, ms] of HOLDS) it(what, () => assert.equal(holdsFor(work), ms));
});
