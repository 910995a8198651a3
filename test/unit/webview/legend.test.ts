import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type LegendOptions, legend } from '../../../src/webview/chart/legend.ts';
import { listeners, markup, templateText } from './templateText.ts';

const STACK: LegendOptions['stack'] = {
  step: 'day',
  times: ['2026-06-01', '2026-06-02'],
  series: [
    { id: 'cline', slot: 0, name: 'Cline', total: 3, values: [1, 2], members: 1 },
    { id: 'roo', slot: 1, name: 'Roo', total: 0.5, values: [undefined, 0.5], members: 1 },
  ],
  sums: [1, 2.5],
  covered: { first: 0, last: 1 },
  lastBegun: 1,
};
const shown = (more: Partial<LegendOptions>) =>
  legend({
    ...{ stack: STACK, unit: { code: 'USD', source: 'gateway' }, index: undefined },
    ...{ onPress: () => undefined, onHover: () => undefined },
    ...more,
  });

describe('the legend of a chart', () => {
  it('has the sum of each series in the whole range', () => {
    assert.equal(templateText(shown({})), 'In all Cline$3.00 Roo$0.50');
  });

  it('has the amounts of the time that is pointed at, and a dash where there is none', () => {
    assert.equal(templateText(shown({ index: 0 })), 'Jun 1, 2026: $1.00 Cline$1.00 Roo–');
    assert.equal(templateText(shown({ index: 1 })), 'Jun 2, 2026: $2.50 Cline$2.00 Roo$0.50');
  });

  it('has money to the cent, as tables have, with all digits for those who point at it', () => {
    const [first] = STACK.series;
    const series = first
      ? [
          { ...first, total: 5.898574 },
          { ...first, total: 2.346 },
        ]
      : [];
    const stack = { ...STACK, series };
    assert.equal(templateText(shown({ stack })), 'In all Cline$5.90 Cline$2.35');
    assert.deepEqual(markup(shown({ stack })).match(/(?<=class="number" title=)[^\s>]*/g), [
      '$5.898574',
      '$2.346',
    ]);
    const tokens = shown({ stack, unit: { code: 'TOKENS', source: 'gateway' } });
    assert.match(templateText(tokens), /Cline5\.898574 tokens/);
  });

  it('has a button for each key or model, and none for the sum of the small ones', () => {
    const rest = { id: undefined, slot: undefined, name: '2 others', total: 1, values: [], members: 2 };
    const text = markup(shown({ stack: { ...STACK, series: [...STACK.series, rest] } }));
    assert.deepEqual(text.match(/(?<=title=)Show only \w+/g), ['Show only Cline', 'Show only Roo']);
    assert.match(text, /<span class="key">.*2 others/s);
  });

  it('tells which key is looked into, and which series is pointed at and left, by keyboard too', () => {
    const told: unknown[] = [];
    const more = {
      onPress: (...asked: unknown[]) => told.push(['press', ...asked]),
      onHover: (series: number | undefined) => told.push(['hover', series]),
    };
    const each = listeners(shown(more));
    assert.equal(each.length, 10, 'enter, leave, click, focus and blur for each');
    for (const listener of each.slice(5)) listener();
    assert.deepEqual(told, [
      ['hover', 1],
      ['hover', undefined],
      ['press', 'roo', 'Roo'],
      ['hover', 1],
      ['hover', undefined],
    ]);
  });
});
