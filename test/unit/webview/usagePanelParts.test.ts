import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { labelMaker } from '../../../src/core/usage/spendLabel.ts';
import { amountRange, barSpans } from '../../../src/webview/chart/bars.ts';
import { contrast, parseColor, type Rgb, withContrast } from '../../../src/webview/chart/contrast.ts';
import { timeLabels, timeText } from '../../../src/webview/chart/timeLabels.ts';
import { coverageNotes, namesText } from '../../../src/webview/usage/coverageNotes.ts';
import { FIRST_VIEW, parseViewState } from '../../../src/webview/usage/viewState.ts';
import { nextOrder, sorted } from '../../../src/webview/widgets/sorting.ts';
import { forAll } from '../support/forAll.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { report } from './usageReports.ts';

describe('times of the usage panel', () => {
  useTimeZone('UTC');

  it('are days in the zone in which spend was dated, not in the reader’s', () => {
    // A range of two days in Shanghai, whatever this machine’s zone is.
    const days = timeLabels('2026-05-31T16:00:00.000Z', '2026-06-02T15:59:59.999Z', 'day', 'Asia/Shanghai');
    assert.deepEqual(days, ['2026-06-01', '2026-06-02']);
    const begun = timeLabels('2026-06-01T13:00:00.000Z', '2026-06-02T00:30:00.000Z', 'day', 'UTC');
    assert.deepEqual(begun, ['2026-06-01', '2026-06-02'], 'the last day has only begun');
  });

  it('have 23 hours on the day when clocks go forward, and one label for the hour that comes twice', () => {
    const hours = (from: string, to: string) => timeLabels(from, to, 'hour', 'Europe/Berlin');
    assert.equal(hours('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z').length, 23);
    assert.equal(hours('2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z').length, 24);
  });

  it('are shown as days and hours in the display language', () => {
    assert.equal(timeText('2026-06-01'), 'Jun 1, 2026');
    assert.equal(timeText('2026-06-01', 'short'), 'Jun 1');
    assert.match(timeText('2026-06-01T14:00'), /^Jun 1, 2026, 2:00\sPM$/);
    assert.equal(timeText('some gateway’s day'), 'some gateway’s day');
    // The label is of another zone already, so that of this process changes nothing.
    process.env.TZ = 'Asia/Shanghai';
    assert.match(timeText('2026-06-01T14:00'), /^Jun 1, 2026, 2:00\sPM$/);
    assert.equal(labelMaker('hour', 'UTC')(Date.UTC(2026, 5, 1)), '2026-06-01T00:00');
  });
});

describe('sorting', () => {
  it('puts rows without a value last in either direction, and is stable', () => {
    const rows = [
      { name: 'a', used: 1 },
      { name: 'b', used: undefined },
      { name: 'c', used: 3 },
      { name: 'd', used: 1 },
    ];
    const names = (descending: boolean) =>
      sorted(rows, row => row.used, descending)
        .map(({ name }) => name)
        .join('');
    assert.equal(names(false), 'adcb');
    assert.equal(names(true), 'cadb');
  });

  it('goes by the size of numbers, also within texts', () => {
    const of = (values: readonly (string | number)[]) => sorted(values, value => value, false);
    assert.deepEqual(of([10, 9, -2]), [-2, 9, 10]);
    assert.deepEqual(of(['key 10', 'key 9']), ['key 9', 'key 10']);
    assert.deepEqual(of([0.3, 0.25]), [0.25, 0.3]);
  });

  it('neither loses nor duplicates a row', () => {
    forAll(fc.array(fc.option(fc.oneof(fc.double(), fc.string()), { nil: undefined })), rows => {
      const after = sorted(rows, row => row, true);
      return after.length === rows.length && rows.every(row => after.includes(row));
    });
  });

  it('begins with the highest number or first text, and is reversed by another click', () => {
    const first = nextOrder(undefined, 'used', true);
    assert.deepEqual(first, { column: 'used', descending: true });
    assert.deepEqual(nextOrder(first, 'used', true), { column: 'used', descending: false });
    assert.deepEqual(nextOrder(first, 'name', false), { column: 'name', descending: false });
  });
});

describe('bars', () => {
  it('are stacked upwards, and refunds downwards', () => {
    const series = [
      [2, -1],
      [3, 4],
      [undefined, -2],
    ].map(values => ({
      id: '',
      slot: 0,
      name: '',
      total: 0,
      members: 1,
      values,
    }));
    const spans = barSpans({ series, times: ['a', 'b'] });
    assert.deepEqual(
      spans.map(({ base, top }) => base.map((from, at) => [from, top[at]])),
      [
        [
          [0, 2],
          [0, -1],
        ],
        [
          [2, 5],
          [0, 4],
        ],
        [
          [5, 5],
          [-1, -3],
        ],
      ],
    );
    const [low, high] = amountRange(spans, [7]);
    assert.ok(low < -3 && high > 7);
    assert.deepEqual(amountRange([], []), [0, 1]);
    assert.deepEqual(amountRange([], [100]), [0, 106]);
    assert.deepEqual(amountRange([{ base: [0], top: [-100] }], [undefined]), [-106, 0]);
  });
});

describe('colors', () => {
  const part = fc.integer({ min: 0, max: 255 });
  const rgb: fc.Arbitrary<Rgb> = fc.tuple(part, part, part);

  it('have enough contrast with any background', () => {
    forAll(fc.tuple(rgb, rgb), ([color, ground]) => {
      const white: Rgb = [255, 255, 255];
      const black: Rgb = [0, 0, 0];
      const strong = contrast(ground, white) > contrast(ground, black) ? white : black;
      return contrast(withContrast(color, ground, strong), ground) >= 3;
    });
  });

  it('stay as they are where they have enough', () => {
    const blue: Rgb = [0, 0, 200];
    assert.deepEqual(withContrast(blue, [255, 255, 255], [0, 0, 0]), blue);
  });

  it('are parsed as a canvas writes them', () => {
    assert.deepEqual(parseColor('#1a85ff', [0, 0, 0]), [26, 133, 255]);
    assert.deepEqual(parseColor('rgba(200, 100, 0, 0.5)', [0, 0, 100]), [100, 50, 50]);
    assert.equal(parseColor('url(x)', [0, 0, 0]), undefined);
    assert.equal(parseColor('rgb(1, 2)', [0, 0, 0]), undefined);
    assert.deepEqual(parseColor('rgb(1, 2, 3)', [0, 0, 0]), [1, 2, 3]);
    assert.equal(Math.round(contrast([255, 255, 255], [0, 0, 0])), 21);
    // The examples of WCAG and, for the darkest colors, its linear part: (5 / 255 / 12.92 + 0.05) / 0.05.
    assert.equal(contrast([0x76, 0x76, 0x76], [255, 255, 255]).toFixed(2), '4.54');
    assert.equal(contrast([5, 5, 5], [0, 0, 0]).toFixed(3), '1.030');
  });
});

describe('coverage notes', () => {
  it('say once what is true of all reports', () => {
    const notes = coverageNotes([report({ keyId: 'a' }), report({ keyId: 'b' })]);
    assert.equal(notes.length, 1);
    assert.deepEqual(notes[0]?.names, []);
  });

  it('name the reports where they differ, and keep every note', () => {
    const notes = coverageNotes([
      report({ scope: { key: 'A' } }),
      report({ scope: { key: 'B' }, source: 'recorded', note: 'The gateway was away.' }),
    ]);
    assert.deepEqual(
      notes.map(({ names }) => names),
      [['A'], ['B']],
    );
    assert.match(notes[1]?.text ?? '', /^The gateway was away\. /);
  });

  it('say of a report without figures that there are none, and not what they cover', () => {
    const coverage = { complete: false, reason: 'broke-off' } as const;
    assert.equal(
      coverageNotes([report({ total: undefined, coverage })])[0]?.text,
      'No figures. The query broke off partway.',
    );
    assert.match(
      coverageNotes([report({ total: { used: 1 }, coverage })])[0]?.text ?? '',
      /They cover only a part of the range\./,
    );
  });

  it('say where figures come from', () => {
    assert.equal(
      coverageNotes([report({ total: { used: 1 } })])[0]?.text,
      'These are the gateway’s own figures. They cover the whole range.',
    );
  });

  it('shorten long lists of names', () => {
    assert.equal(namesText(['a', 'b']), 'a, b');
    assert.equal(namesText(['a', 'b', 'c', 'd']), 'a, b, c, d');
    // Else the first one would turn the order of all.
    assert.equal(namesText(['שלום', 'b']), '\u2068שלום\u2069, b');
    assert.equal(namesText(['a', 'b', 'c', 'd', 'e', 'f']), 'a, b, c and 3 more');
  });
});

describe('a saved view', () => {
  it('is restored as far as it is valid', () => {
    forAll(fc.anything({ maxDepth: 3 }), kept => {
      const view = parseViewState(kept);
      return ['key', 'model'].includes(view.stackBy) && view.scrollTop >= 0;
    });
    assert.deepEqual(parseViewState(undefined), FIRST_VIEW);
    const view = { ...FIRST_VIEW, table: 'key', orders: { key: { column: 'used', descending: true } } };
    assert.deepEqual(parseViewState(JSON.parse(JSON.stringify(view))), view);
    const typed = { from: '2026-06-01', to: '2026' };
    const other = { ...FIRST_VIEW, stackBy: 'model', step: 'day', scrollTop: 7, typed } as const;
    assert.deepEqual(parseViewState(other), other);
    for (const half of [{ from: '2026-06-01' }, { to: '2026-06-01' }, { from: 1, to: '2026' }])
      assert.deepEqual(parseViewState({ typed: half }), FIRST_VIEW);
    const only = { key: { id: 'k', name: 'Mine' }, before: { stackBy: 'model', table: 'key' } } as const;
    assert.deepEqual(parseViewState({ ...FIRST_VIEW, only }), { ...FIRST_VIEW, only });
    for (const wrong of [{}, { key: { id: 1, name: 'Mine' } }, { model: 'gpt' }])
      assert.deepEqual(parseViewState({ ...FIRST_VIEW, only: wrong }), FIRST_VIEW);
    for (const scrollTop of [-1, '7', undefined]) assert.equal(parseViewState({ scrollTop }).scrollTop, 0);
  });
});
