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
    ...{ stack: STACK, unit: { code: 'USD', source: 'gateway' }, index: undefined, pressedSeries: undefined },
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

  it('says which series is pressed', () => {
    const pressed = (pressedSeries: number | undefined) =>
      markup(shown({ pressedSeries })).match(/(?<=aria-pressed=)\w+/g);
    assert.deepEqual(pressed(1), ['false', 'true']);
    assert.deepEqual(pressed(undefined), ['false', 'false']);
  });

  it('tells which series is pressed, pointed at and left', () => {
    const told: unknown[] = [];
    const more = {
      onPress: (series: number) => told.push(['press', series]),
      onHover: (series: number | undefined) => told.push(['hover', series]),
    };
    for (const listener of listeners(shown(more)).slice(3)) listener();
    assert.deepEqual(told, [
      ['press', 1],
      ['hover', 1],
      ['hover', undefined],
    ]);
  });
});
