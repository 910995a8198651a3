import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { slotLook } from '../../../src/webview/chart/slotLook.ts';

describe('how a series of a chart looks', () => {
  it('is its own among 56, in every theme', () => {
    for (const isHighContrast of [false, true]) {
      const looks = Array.from({ length: 56 }, (_, slot) => JSON.stringify(slotLook(slot, isHighContrast)));
      assert.equal(new Set(looks).size, 56);
      assert.ok(!looks.includes(JSON.stringify(slotLook(undefined, isHighContrast))));
    }
  });

  it('is a plain color for the first seven, and has a pattern in high contrast', () => {
    const patterns = (isHighContrast: boolean) =>
      Array.from({ length: 8 }, (_, slot) => slotLook(slot, isHighContrast).pattern);
    assert.deepEqual(patterns(false), [0, 0, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual(patterns(true), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(slotLook(9, false), { color: 2, pattern: 1 });
    assert.deepEqual(slotLook(9, true), { color: 2, pattern: 1 });
    assert.deepEqual(slotLook(58, false), { color: 2, pattern: 0 }, 'after 56 it begins again');
  });
});
