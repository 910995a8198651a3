import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { OverviewCard } from '../../../src/core/panels/overviewMessages.ts';
import { cardList, nextCard } from '../../../src/webview/overview/cards.ts';
import { noSpend } from '../../../src/webview/overview/noSpend.ts';
import { OverviewState } from '../../../src/webview/overview/overviewState.ts';
import { bar, days } from '../../../src/webview/overview/pictures.ts';
import { listeners, markup, templateText } from './templateText.ts';

const card = (id: string, more: Partial<OverviewCard> = {}): OverviewCard => ({
  ...{ id, name: `Key ${id}`, tone: 'good', icon: 'key', status: 'ok', isPinned: false },
  ...more,
});
const list = (cards: readonly OverviewCard[], current?: string) =>
  cardList({
    ...{ cards, current },
    onFocus: () => undefined,
    reveal: () => undefined,
    showUsage: () => undefined,
  });

describe('the cards of the overview', () => {
  it('say in words what they show, for who sees no color: a state that is ok is read aloud alone', () => {
    const text = templateText(
      list([card('a', { left: '$15.00 left', share: '75%', next: 'ends in 3 days' })]),
    );
    assert.equal(text, 'Key a Usage ok 75%$15.00 left ends in 3 days');
    assert.equal(
      templateText(list([card('a', { tone: 'warning', notice: 'low', status: 'low' })])),
      'Key a Usage low',
    );
    assert.match(templateText(list([card('a', { isPinned: true })])), /Key a pinned Usage/);
    assert.match(markup(list([card('a')])), /aria-label=Usage of Key a/);
  });

  it('are one stop of the Tab key: the one that had the focus last, else the first', () => {
    const stops = (current?: string) =>
      [...markup(list([card('a'), card('b')], current)).matchAll(/tabindex=(\S+)/g)].map(([, at]) => at);
    assert.deepEqual(stops(), ['0', '0', '-1', '-1']);
    assert.deepEqual(stops('b'), ['-1', '-1', '0', '0']);
    assert.deepEqual(stops('gone'), ['0', '0', '-1', '-1']);
  });

  it('are gone through by arrow keys, Home and End, in columns', () => {
    const to = (key: string, at: number, direction?: string) => nextCard(key, at, 5, 2, direction);
    assert.deepEqual(
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter'].map(key => to(key, 2)),
      [1, 3, 0, 4, 0, 4, undefined],
    );
    assert.deepEqual(
      [to('ArrowUp', 1), to('ArrowDown', 4), to('ArrowLeft', 0), to('ArrowRight', 4)],
      [1, 4, 0, 4],
    );
    assert.deepEqual([to('ArrowLeft', 2, 'rtl'), to('ArrowRight', 2, 'rtl')], [3, 1]);
  });
});

describe('the overview without any spend that is known', () => {
  it('says when there will be some, and leads to where it can be asked for', () => {
    let asked = 0;
    const template = noSpend(() => asked++);
    assert.match(
      templateText(template),
      /^No spend by day and model is known yet\. It appears here as gateways report it; .* Show Usage$/,
    );
    for (const press of listeners(template)) press();
    assert.equal(asked, 1);
  });
});

describe('the pictures of a card', () => {
  const fill = (share: number) =>
    /class=fill \w+ width=(\S+)/.exec(markup(bar({ share, tone: 'good' })))?.[1];

  it('have a bar that is full only where nothing is used, and empty only where nothing is left', () => {
    assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(fill), ['0', '3', '50', '97', '100']);
  });

  it('have a column for each day that is known, a line for one without spend, and say it in words', () => {
    const text = markup(days({ parts: [null, 0, 0.5, 1], text: 'Spent' }));
    assert.deepEqual(
      [...text.matchAll(/<rect class=(\w+) x=(\d+) y=(\d+) width="4" height=(\d+)/g)].map(found =>
        found.slice(1),
      ),
      [
        ['none', '6', '15', '1'],
        ['day', '12', '8', '8'],
        ['today', '18', '0', '16'],
      ],
    );
    assert.match(text, /role="img" aria-label=Spent/);
  });
});

describe('what the overview page was told', () => {
  it('is kept where a message lacks it, cards by their id and in the order that was told last', () => {
    const state = new OverviewState();
    state.receive({ type: 'show', keys: 2, order: ['a', 'b'], cards: [card('a'), card('b')] });
    state.receive({ type: 'show', order: ['b', 'a', 'unknown'], cards: [card('a', { left: '$1' })] });
    assert.deepEqual(
      state.cards.map(({ id, left }) => [id, left]),
      [
        ['b', undefined],
        ['a', '$1'],
      ],
    );
    assert.equal(state.parts.keys, 2);
  });
});
