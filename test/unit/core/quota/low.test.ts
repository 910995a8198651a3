import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAtOrBelow, isLow, isRefusedAsUsedUp, levelOf } from '../../../../src/core/quota/low.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { at, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

describe('the level of a key', () => {
  const level = (more: Partial<Reading>) => levelOf(reading(more));

  it('is per cent where a total is known, else an amount', () => {
    assert.deepEqual(level({ quota: quota(4, 20) }), { scale: 'percent', left: 20 });
    assert.deepEqual(level({ quota: quota(4) }), { scale: 'amount', left: 4 });
    assert.deepEqual(level({ account: { balance: -1 } }), { scale: 'amount', left: -1 });
  });

  it('is without end for an unlimited key, and not known without figures', () => {
    assert.deepEqual(level({ quota: { unlimited: true, used: 9 } }), { scale: 'percent', left: Infinity });
    assert.equal(level({}), undefined);
    assert.equal(levelOf(undefined), undefined);
  });

  it('is 0 when, and only when, nothing is left', () => {
    assert.deepEqual(level({ quota: quota(0, 20) }), { scale: 'percent', left: 0 });
    assert.deepEqual(level({ quota: quota(-3, 20) }), { scale: 'percent', left: 0 });
    const crumb = level({ quota: quota(1e-6, 1e9) });
    assert.equal(isAtOrBelow(crumb, 0), false);
    assert.equal(isAtOrBelow(crumb, 0.1), true);
  });

  it('that nobody knows is down to nothing', () => assert.equal(isAtOrBelow(undefined, 100), false));
});

describe('what is left is low', () => {
  const LOW = { percent: 20, amounts: { USD: 1 } };
  const low = (more: Partial<Reading>, rule = LOW) => isLow(reading(more), rule);

  it('at the threshold and below it', () => {
    assert.deepEqual([low({ quota: quota(4, 20) }), low({ quota: quota(4.01, 20) })], [true, false]);
    assert.deepEqual([low({ quota: quota(1) }), low({ quota: quota(1.01) })], [true, false]);
  });

  it('by a threshold for its own unit alone', () =>
    assert.equal(low({ unit: { code: 'CNY', source: 'gateway' }, quota: quota(0.1) }), false));

  it('never where the user wants no threshold', () =>
    assert.equal(low({ quota: quota(1e-6, 1e9) }, { percent: 0, amounts: { USD: 0 } }), false));
});

describe('a refusal as used up', () => {
  const resetting = (ms: number) =>
    reading({ takenAt: at(-2 * HOUR), budget: { spent: 10, limit: 10, resetsAt: at(ms) } });
  const holds = (failureClass: string, taken: Reading | undefined, checkedAt = NOW - HOUR) =>
    isRefusedAsUsedUp({ class: failureClass }, taken, checkedAt, NOW);

  it('holds until the budget has been reset since the gateway was asked', () => {
    assert.equal(holds('exhausted', resetting(1)), true);
    assert.equal(holds('exhausted', resetting(0)), false);
    assert.equal(holds('exhausted', resetting(-MINUTE), NOW), true, 'refused after the reset');
    assert.equal(holds('exhausted', undefined), true);
  });

  it('is no other failure', () => {
    assert.equal(holds('transient', undefined), false);
    assert.equal(isRefusedAsUsedUp(undefined, undefined, undefined, NOW), false);
  });
});
