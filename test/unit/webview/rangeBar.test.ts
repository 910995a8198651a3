import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RANGE_PRESETS } from '../../../src/core/usage/rangePresets.ts';
import { presetName } from '../../../src/text/range.ts';
import { type RangeBarOptions, rangeBar } from '../../../src/webview/usage/rangeBar.ts';
import { listeners, markup, templateText } from './templateText.ts';

const DAYS = { from: '2026-06-01', to: '2026-06-03' };
const none = () => undefined;
const bar = (more: Partial<RangeBarOptions>) =>
  rangeBar({
    ...{ shown: undefined, preset: undefined, typed: undefined },
    ...{ askPreset: none, askRange: none, type: none },
    ...more,
  });
/** The values of the two fields. */
const fields = (more: Partial<RangeBarOptions>) =>
  [...markup(bar(more)).matchAll(/\.value=(\S*)/g)].map(([, value]) => value);
/** Presses the button of that name: presets come first, then the two fields with two listeners each. */
const press = (name: string, more: Partial<RangeBarOptions>) => {
  const at = [...RANGE_PRESETS.map(presetName), ...Array(4).fill(''), 'Show'].indexOf(name);
  listeners(bar(more))[at]?.();
};
const problem = (typed: RangeBarOptions['typed']) => templateText(bar({ typed })).split('Show')[1]?.trim();

describe('the ranges of the usage panel', () => {
  it('show which preset is on the screen, and ask for the one that is pressed', () => {
    const pressed = markup(bar({ preset: 'yesterday' })).match(/aria-pressed=\w+/g);
    assert.deepEqual(
      pressed?.map(text => text === 'aria-pressed=true'),
      RANGE_PRESETS.map(preset => preset === 'yesterday'),
    );
    const asked: string[] = [];
    press('Last 7 days', { askPreset: preset => asked.push(preset) });
    assert.deepEqual(asked, ['last-7-days']);
  });

  it('ask for two dates without the spaces around them', () => {
    const asked: unknown[] = [];
    press('Show', { typed: { from: ' 2026-06-01', to: '2026-06-03 ' }, askRange: ends => asked.push(ends) });
    assert.deepEqual(asked, [DAYS]);
  });

  it('ask for no dates that are wrong, and show what is wrong with those on the screen', () => {
    const said: unknown[] = [];
    const more = { askRange: () => assert.fail('asked'), type: (ends: unknown) => said.push(ends) };
    press('Show', more);
    assert.deepEqual(said, [{ from: '', to: '' }]);
    press('Show', { ...more, typed: { from: '2026-06-03', to: '2026-06-01' } });
    assert.equal(said.length, 1, 'the button cannot be used');
  });
});

describe('the dates of the usage panel', () => {
  it('are those on the screen, until others are typed', () => {
    assert.deepEqual(fields({}), ['', '']);
    assert.deepEqual(fields({ shown: DAYS }), ['2026-06-01', '2026-06-03']);
    assert.deepEqual(fields({ shown: DAYS, typed: { from: '2026-05', to: '' } }), ['2026-05', '']);
  });

  it('are empty for a range of moments', () => {
    const shown = { from: '2026-06-01T09:00:00.000Z', to: '2026-06-02T09:00:00.000Z' };
    assert.deepEqual(fields({ shown }), ['', '']);
  });

  it('are wrong only once they were typed, and then it is said why', () => {
    assert.equal(problem(undefined), '');
    assert.equal(problem(DAYS), '');
    assert.equal(problem({ from: ' 2026-06-01 ', to: '2026-06-03' }), '', 'with spaces around');
    assert.equal(problem({ from: '2026-06-01', to: '' }), 'A range needs a start and an end: from and to.');
    assert.equal(problem({ from: '2026-06-03', to: '2026-06-01' }), 'The range ends before it begins.');
  });
});
