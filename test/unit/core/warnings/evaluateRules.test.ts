import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluateRules } from '../../../../src/core/warnings/evaluateRules.ts';
import { type KeyRules, parseKeyRules } from '../../../../src/core/warnings/warningRules.ts';
import { at, DAY, HOUR, NOW, quota, reading } from '../../support/samples.ts';
import { checkedKey, endingKey, keyWith, RULES, WarningMemory } from '../../support/warnings.ts';

/** Lets rules of its own hold for a key. */
function setOwn(memory: WarningMemory, rules: KeyRules, id = 'id-1'): WarningMemory {
  memory.ownRules.set(id, rules);
  return memory;
}

describe('a key with rules of its own', () => {
  it('has its own thresholds, in place of those for all', () => {
    const memory = setOwn(new WarningMemory(), { percents: [60], expiryDays: [30] });
    const other = keyWith(55, NOW, { id: 'b' });
    assert.deepEqual(memory.evaluate(NOW, [keyWith(55, NOW), other]), ['low 60']);
    assert.deepEqual(memory.evaluate(NOW, [keyWith(19, NOW)]), [], '20 % is not its threshold');
    setOwn(memory, { expiryDays: [30] }, 'c');
    assert.deepEqual(memory.evaluate(NOW, [endingKey(20 * DAY, NOW, { id: 'c' })]), ['expiry 30']);
    setOwn(memory, { amounts: [5] }, 'd');
    const wallet = checkedKey(NOW, { id: 'd', reading: reading({ account: { balance: 4 } }) });
    assert.deepEqual(memory.evaluate(NOW, [wallet]), ['low 5']);
  });

  it('has no warnings where it is off, nor of kinds that are off', () => {
    const memory = new WarningMemory();
    const key = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), expiresAt: at(DAY / 2) }) });
    assert.deepEqual(setOwn(memory, { off: true }).evaluate(NOW, [key]), []);
    assert.deepEqual(setOwn(memory, { off: ['low'] }).evaluate(NOW, [key]), ['expiry 1']);
    assert.deepEqual(setOwn(memory, {}).evaluate(NOW, [key]), ['low 5']);
  });

  it('warns as all do when its rules cannot be read', () => {
    for (const wrong of ['', 'null', '[]', '{"off":["all"]}', '{"percents":"50"}', '{"percents":[null]}'])
      assert.deepEqual(
        setOwn(new WarningMemory(), parseKeyRules(wrong)).evaluate(NOW, [keyWith(4, NOW)]),
        ['low 5'],
        wrong,
      );
  });

  it('has no warnings while it is snoozed, and afterwards those that still hold', () => {
    const memory = new WarningMemory();
    memory.snoozes.set('id-1', { since: NOW, lastsMs: DAY });
    assert.deepEqual(memory.evaluate(NOW + HOUR, [keyWith(15, NOW + HOUR)]), []);
    assert.deepEqual(memory.evaluate(NOW - HOUR, [keyWith(15, NOW - HOUR)]), [], 'the clock went back');
    assert.deepEqual(memory.evaluate(NOW + DAY, [keyWith(15, NOW + DAY)]), ['low 20']);
  });

  it('is not muted for years when it was snoozed by a clock that was ahead and then put right', () => {
    const memory = new WarningMemory();
    memory.snoozes.set('id-1', { since: NOW + 365 * DAY, lastsMs: DAY });
    assert.deepEqual(memory.evaluate(NOW, [keyWith(15, NOW)]), ['low 20']);
  });
});

describe('marks that cannot be read', () => {
  it('are replaced', () => {
    const marks = new Map([
      [
        'id-1',
        new Map([
          ['low %:5', 'x'],
          ['low %:20', '{}'],
          ['refill', '1'],
        ]),
      ],
    ]);
    const verdict = evaluateRules(
      [{ key: keyWith(90, NOW), staleAfterMs: HOUR, fingerprint: '' }],
      marks,
      RULES,
      NOW,
    );
    assert.deepEqual(verdict, {
      due: [],
      markChanges: [
        { keyId: 'id-1', name: 'low %:5', mark: undefined },
        { keyId: 'id-1', name: 'low %:20', mark: undefined },
        { keyId: 'id-1', name: 'refill', mark: undefined },
      ],
    });
  });
});
