import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pickCards } from '../../../../src/core/cards/pickCards.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { keyState, NOW } from '../../support/samples.ts';

const key = (id: string, more: Partial<KeyState> = {}) => keyState({ id, label: id, ...more });
const many = (count: number, more: Partial<KeyState> = {}) =>
  Array.from({ length: count }, (_, index) => key(`k${index}`, more));
const SPENDING = { forecast: { perDay: 2, confidence: 'fair' } } as const;

describe('the keys that are shown as cards', () => {
  it('are the pinned ones, then those that need attention most', () => {
    const keys = [key('fine'), key('low', { status: 'low' }), key('pinned', { pinned: true })];
    assert.deepEqual(
      pickCards(keys, NOW).shown.map(({ id }) => id),
      ['pinned', 'low', 'fine'],
    );
  });

  it('are six at most; the others are counted, with those that need attention', () => {
    assert.deepEqual(
      [6, 7].map(count => pickCards(many(count), NOW).others.length),
      [0, 1],
    );
    const { shown, others, troubled } = pickCards(many(9, { status: 'low' }), NOW);
    assert.deepEqual([shown.length, others.length, troubled], [6, 3, 3]);
    assert.equal(pickCards(many(9), NOW).troubled, 0);
  });

  it('do not begin with a key that cannot be used any more and was not used lately', () => {
    const keys = [key('dead', { status: 'exhausted' }), ...many(6, SPENDING)];
    const { shown, others, troubled } = pickCards(keys, NOW);
    assert.ok(!shown.some(({ id }) => id === 'dead'));
    assert.deepEqual([others.map(({ id }) => id), troubled], [['dead'], 1]);
    const used = [key('used up', { status: 'exhausted', ...SPENDING }), ...many(6, SPENDING)];
    assert.equal(pickCards(used, NOW).shown[0]?.id, 'used up');
  });
});
