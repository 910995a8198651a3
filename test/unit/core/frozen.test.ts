import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { frozen } from '../../../src/core/frozen.ts';
import { keyState, quota, reading } from '../support/samples.ts';

describe('what all extensions get', () => {
  it('can be changed by none of them, however deep', () => {
    const ours = [
      keyState({ id: 'w', label: 'Team', reading: reading({ quota: quota(15, 20), models: ['a'] }) }),
    ];
    const before = structuredClone(ours);
    const [given = assert.fail()] = frozen(ours);
    for (const change of [
      () => Reflect.set(given, 'label', 'theirs'),
      () => Reflect.set(given.reading ?? {}, 'unit', {}),
      () => Reflect.set(given.reading?.quota ?? {}, 'remaining', 0),
      () => Reflect.set(given.reading?.models ?? [], 0, 'b'),
      () => Reflect.set(frozen(ours), 'length', 0),
      () => Reflect.deleteProperty(given, 'reading'),
    ])
      assert.equal(change(), false);
    assert.deepEqual(ours, before);
  });

  it('is the same object each time', () => {
    const ours = [keyState()];
    assert.equal(frozen(ours), ours);
    assert.equal(frozen(frozen(ours))[0], ours[0]);
  });

  it('is frozen in what is new as well, beside what was frozen before', () => {
    const old = keyState();
    frozen([old]);
    const newer = keyState({ reading: reading() });
    frozen(Object.freeze([old, newer]));
    assert.ok(Object.isFrozen(newer.reading));
  });
});
