import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type RangeBarOptions, rangeBar } from '../../../src/webview/usage/rangeBar.ts';
import { markup, templateText } from './templateText.ts';

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
const problem = (typed: RangeBarOptions['typed']) => templateText(bar({ typed })).split('Show')[1]?.trim();

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
    assert.equal(problem({ from: '2026-06-01', to: '' }), 'A range needs both ends: from and to.');
    assert.equal(problem({ from: '2026-06-03', to: '2026-06-01' }), 'The range ends before it begins.');
  });
});
