import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { OverviewCard, OverviewMessage } from '../../../../src/core/panels/overviewMessages.ts';
import { changedParts } from '../../../../src/vscode/panels/changedParts.ts';

const card = (id: string, left: string): OverviewCard => ({
  ...{ id, name: id, tone: 'good', icon: 'key', status: 'ok', isPinned: false },
  left,
});
const shown = (more: Partial<OverviewMessage> = {}): OverviewMessage => ({
  type: 'show',
  keys: 2,
  order: ['a', 'b'],
  cards: [card('a', '$1'), card('b', '$2')],
  ...more,
});

describe('what a page is told again', () => {
  it('is everything where it shows nothing yet', () => {
    assert.deepEqual(changedParts({ type: 'show' }, shown()), shown());
  });

  it('is nothing where nothing has changed', () => {
    assert.equal(changedParts(shown(), shown()), undefined);
  });

  it('is the one card that has changed', () => {
    const next = shown({ cards: [card('a', '$1'), card('b', '$1.50')] });
    assert.deepEqual(changedParts(shown(), next), { type: 'show', cards: [card('b', '$1.50')] });
  });

  it('is the order where that alone has changed, and another part', () => {
    assert.deepEqual(changedParts(shown(), shown({ order: ['b', 'a'], matching: 1 })), {
      ...{ type: 'show', order: ['b', 'a'], matching: 1 },
    });
  });

  it('leaves alone what is not told', () => {
    assert.deepEqual(changedParts(shown(), { type: 'show', spend: [] }), { type: 'show', spend: [] });
  });
});
