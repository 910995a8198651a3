import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RANGE_PRESETS } from '../../../src/core/usage/rangePresets.ts';
import { presetName, rangeProblemText, rangeText } from '../../../src/text/range.ts';

describe('a range as text', () => {
  it('has its moments where one end is no day', () => {
    const moment = '2026-06-14T12:00:00.000Z';
    for (const ends of [
      { from: '2026-06-01', to: moment },
      { from: '2026-05-20T12:00:00.000Z', to: '2026-06-14' },
    ]) {
      assert.match(rangeText(ends), /^(May|Jun) \d+, 2026, .+ to Jun 1[345], 2026, .+$/);
    }
  });

  it('has a sentence for each thing that can be wrong with it', () => {
    assert.deepEqual(
      (['half', 'not-a-date', 'milliseconds', 'reversed', 'future', 'too-long'] as const).map(
        rangeProblemText,
      ),
      [
        'A range needs a start and an end: from and to.',
        'This is not a date. Dates look like 2026-06-01.',
        'Times are whole seconds since 1970, not milliseconds.',
        'The range ends before it begins.',
        'The range begins in the future.',
        'The range is longer than a year. Query one year at most.',
      ],
    );
  });

  it('has a name for each preset', () => {
    assert.deepEqual(RANGE_PRESETS.map(preset => [preset, presetName(preset)]).sort(), [
      ['last-24-hours', 'Last 24 hours'],
      ['last-30-days', 'Last 30 days'],
      ['last-7-days', 'Last 7 days'],
      ['last-month', 'Last month'],
      ['this-month', 'This month'],
      ['this-quarter', 'This quarter'],
      ['today', 'Today'],
      ['yesterday', 'Yesterday'],
    ]);
  });
});
