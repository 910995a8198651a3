import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { checkedKey, keyWith, WarningMemory } from '../../support/warnings.ts';

function refused(failureClass: string, more: Partial<KeyState> = {}): KeyState {
  return checkedKey(NOW, {
    status: failureClass === 'bad-key' ? 'invalid' : 'disabled',
    failure: { class: failureClass, message: 'No.' },
    nextCheckAt: undefined,
    ...more,
  });
}

describe('warnings about refusals', () => {
  it('come for a key that is not accepted and for one that is disabled', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [refused('bad-key')]), ['refused 0']);
    assert.equal(memory.shown[0]?.warning.urgent, false);
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [refused('bad-key')]), []);
    assert.deepEqual(memory.evaluate(NOW + 2 * MINUTE, [refused('disabled')]), ['refused 0']);
  });

  it('do not come again as long as the refusal lasts', () => {
    const memory = new WarningMemory();
    const looks = [0, 2, 24, 24 * 30].map(hours =>
      memory.evaluate(NOW + hours * HOUR, [refused('disabled')]),
    );
    assert.deepEqual(looks, [['refused 0'], [], [], []]);
  });

  it('come again after a good answer, and for another secret', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [refused('bad-key')]);
    memory.evaluate(NOW + 2 * HOUR, [keyWith(90, NOW + 2 * HOUR)]);
    assert.deepEqual(memory.evaluate(NOW + 3 * HOUR, [refused('bad-key')]), ['refused 0']);
    const renewed = { key: refused('bad-key'), fingerprint: 'f2' };
    assert.deepEqual(memory.evaluate(NOW + 3 * HOUR + MINUTE, [renewed]), ['refused 0']);
  });

  it('are left out when the form has just said so', () => {
    const memory = new WarningMemory();
    const subject = { key: refused('bad-key'), fingerprint: 'f1', createdAt: NOW };
    assert.deepEqual(memory.evaluate(NOW, [subject]), []);
    const checkedAt = new Date(NOW + HOUR).toISOString();
    const later = { ...subject, key: refused('bad-key', { checkedAt }) };
    assert.deepEqual(memory.evaluate(NOW + HOUR, [later]), []);
  });

  it('do not come for a key ring that does not answer, which says nothing of the key', () => {
    const failure = { class: 'bad-key', reason: 'secret-unanswered', message: 'No answer.' };
    assert.deepEqual(new WarningMemory().evaluate(NOW, [refused('bad-key', { failure })]), []);
  });

  it('do not come for trouble that passes', () => {
    const memory = new WarningMemory();
    for (const passing of ['transient', 'rate-limited', 'unexpected', 'blocked-by-edge', 'not-supported'])
      assert.deepEqual(memory.evaluate(NOW, [refused(passing)]), [], passing);
  });
});
