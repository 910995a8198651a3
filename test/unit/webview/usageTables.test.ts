import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { otherSources, silentSources } from '../../../src/webview/usage/otherSources.ts';
import type { SectionFigures } from '../../../src/webview/usage/sectionChart.ts';
import { sectionTable } from '../../../src/webview/usage/sectionTable.ts';
import type { TableKind } from '../../../src/webview/usage/viewState.ts';
import type { TableContent } from '../../../src/webview/widgets/sortableTable.ts';
import { templateText } from './templateText.ts';
import { report, sectionOf } from './usageReports.ts';

const key = (name: string, more: Partial<UsageReport> = {}) =>
  report({ scope: { key: name }, keyId: name, ...more });
const figures = (reports: readonly UsageReport[], previous?: readonly UsageReport[]): SectionFigures => ({
  section: sectionOf(...reports),
  missing: 0,
  previous: previous && { section: sectionOf(...previous), flaw: undefined },
  timeZone: 'UTC',
});

/** The caption, the heads and the cells of a table. */
const shown = (table: TableContent | undefined) =>
  table && [
    table.caption,
    table.columns.map(({ head }) => head),
    ...table.rows.map(row => table.columns.map(({ text }) => text(row).replace(/\s/g, ' '))),
  ];
const tableOf = (
  kind: TableKind,
  reports: readonly UsageReport[],
  { previous, step = 'finest' }: { previous?: readonly UsageReport[]; step?: 'finest' | 'day' } = {},
) => shown(sectionTable(figures(reports, previous), step, kind));
const sorted = (table: TableContent | undefined, id: string) => {
  const column = table?.columns.find(each => each.id === id);
  return table?.rows.map(row => column?.sortValue(row));
};

const HOURLY = key('Mine', {
  total: { used: 3 },
  timeline: {
    step: 'hour',
    cells: [
      { at: '2026-06-02T09:00', used: 2, requests: 4, model: 'gpt' },
      { at: '2026-06-02T10:00', used: 1 },
    ],
  },
});

describe('the tables of the usage panel', () => {
  it('show spend by hour where the source has hours, or by day', () => {
    const nine = 'Jun 2, 2026, 9:00 AM';
    const ten = 'Jun 2, 2026, 10:00 AM';
    assert.deepEqual(tableOf('time', [HOURLY]), [
      'Spend by hour',
      ['Time', 'Used', 'Requests'],
      [nine, '$2.00', '4'],
      [ten, '$1.00', '–'],
    ]);
    assert.deepEqual(tableOf('time', [HOURLY], { step: 'day' }), [
      'Spend by day',
      ['Time', 'Used'],
      ['Jun 2, 2026', '$3.00'],
    ]);
  });

  it('show spend of no known time, key or model as that', () => {
    const untimed = key('', { total: { used: 0.5, tokens: 7 } });
    assert.deepEqual(tableOf('time', [HOURLY, untimed], { step: 'day' })?.slice(2), [
      ['(unknown time)', '$0.50', '7'],
      ['Jun 2, 2026', '$3.00', '–'],
    ]);
    assert.deepEqual(tableOf('key', [HOURLY, untimed])?.slice(2), [
      ['Mine', '$3.00', '–'],
      ['(no name)', '$0.50', '7'],
    ]);
    assert.deepEqual(tableOf('model', [HOURLY, untimed])?.slice(1), [
      ['Model', 'Used', 'Requests'],
      ['gpt', '$2.00', '4'],
      ['(unknown model)', '$1.50', '–'],
    ]);
    assert.deepEqual(tableOf('detail', [HOURLY, untimed])?.slice(1), [
      ['Time', 'Key', 'Model', 'Used', 'Requests', 'Tokens'],
      ['Jun 2, 2026, 9:00 AM', 'Mine', 'gpt', '$2.00', '4', '–'],
      ['Jun 2, 2026, 10:00 AM', 'Mine', '–', '$1.00', '–', '–'],
      ['–', '(no name)', '–', '$0.50', '–', '7'],
    ]);
  });

  it('keep figures of two times apart, and add those of one', () => {
    const cells = [
      { at: '2026-06-01', used: 1, model: 'gpt' },
      { at: '2026-06-02', used: 2, model: 'gpt' },
      { at: '2026-06-02', used: 4, model: 'gpt' },
    ];
    const shownAs = tableOf('detail', [
      key('Mine', { total: { used: 7 }, timeline: { step: 'day', cells } }),
    ]);
    assert.deepEqual(shownAs?.slice(2), [
      ['Jun 1, 2026', 'Mine', 'gpt', '$1.00'],
      ['Jun 2, 2026', 'Mine', 'gpt', '$6.00'],
    ]);
    assert.equal(tableOf('model', [HOURLY])?.[0], 'Spend by model');
  });

  it('are none where there would be no row but the total', () => {
    const untimed = key('Mine', { total: { used: 1 } });
    assert.equal(tableOf('time', [untimed]), undefined);
    assert.equal(tableOf('model', [untimed]), undefined);
    assert.deepEqual(tableOf('key', [untimed]), ['Spend by key', ['Key', 'Used'], ['Mine', '$1.00']]);
    assert.equal(tableOf('detail', [key('Mine')]), undefined);
  });

  it('have no column of models where no source knows one', () => {
    const days = key('Mine', { total: { used: 1 }, byDay: [{ name: '2026-06-01', used: 1 }] });
    assert.deepEqual(tableOf('detail', [days])?.slice(1), [
      ['Time', 'Key', 'Used'],
      ['Jun 1, 2026', 'Mine', '$1.00'],
    ]);
  });

  it('order times by time, and all else by what was spent, then by name', () => {
    const days = (name: string, ...used: readonly number[]) =>
      key(name, {
        total: { used: used.reduce((sum, each) => sum + each, 0) },
        byDay: used.map((each, at) => ({ name: `2026-06-0${used.length - at}`, used: each })),
      });
    const reports = [days('b', 1), days('c', 1, 3), days('a', 1)];
    assert.deepEqual(tableOf('time', reports)?.slice(2), [
      ['Jun 1, 2026', '$5.00'],
      ['Jun 2, 2026', '$1.00'],
    ]);
    assert.deepEqual(
      tableOf('key', reports)
        ?.slice(2)
        .map(([name]) => name),
      ['c', 'a', 'b'],
    );
    const table = sectionTable(figures(reports), 'finest', 'time');
    assert.deepEqual(sorted(table, 'name'), ['2026-06-01', '2026-06-02']);
    const byKey = sectionTable(
      figures(reports.map(each => ({ ...each, keyId: `id of ${each.keyId}` }))),
      'finest',
      'key',
    );
    assert.deepEqual(sorted(byKey, 'name'), ['c', 'a', 'b']);
  });

  it('tell keys of one name apart, in two accounts as well as alone', () => {
    const account = (keyId: string) =>
      report({ keyId, scope: { account: 'Team' }, total: { used: 1 }, byKey: [{ name: 'alice', used: 1 }] });
    assert.deepEqual(tableOf('key', [account('a'), account('b')])?.slice(2), [
      ['alice', '$1.00'],
      ['alice', '$1.00'],
    ]);
    const bare = report({ keyId: 'a', scope: { account: 'Team' }, total: { used: 1 } });
    assert.deepEqual(tableOf('key', [bare])?.[2], ['Team', '$1.00'], 'an account without keys');
    assert.deepEqual(
      tableOf('key', [
        key('Mine', { keyId: 'k', total: { used: 1 }, byKey: [{ name: 'theirs', used: 1 }] }),
      ])?.[2],
      ['Mine', '$1.00'],
      'a key has the user’s own name for it',
    );
  });
});

describe('the period before in the tables of the usage panel', () => {
  const now = (used: number) =>
    key('Mine', { total: { used }, byDay: [{ name: '2026-06-02', used }], byModel: [{ name: 'gpt', used }] });
  const earlier = (used: number) =>
    key('Mine', {
      from: '2026-05-29T00:00:00.000Z',
      to: '2026-05-31T23:59:59.999Z',
      total: { used },
      byDay: [{ name: '2026-05-30', used }],
      byModel: [{ name: 'gpt', used }],
    });

  it('is beside each time that has one at the same place, with the change', () => {
    assert.deepEqual(tableOf('time', [now(2)], { previous: [earlier(0.5)] }), [
      'Spend by day',
      ['Time', 'Used', 'Before', 'Change'],
      ['Jun 2, 2026', '$2.00', '$0.50', '+$1.50'],
    ]);
    assert.deepEqual(tableOf('time', [now(2)], { previous: [earlier(2)] })?.[2], [
      'Jun 2, 2026',
      '$2.00',
      '$2.00',
      '$0.00',
    ]);
    assert.deepEqual(tableOf('time', [now(2)], { previous: [earlier(2.25)] })?.[2]?.at(-1), '-$0.25');
    assert.deepEqual(tableOf('time', [now(2)], { previous: [earlier(0.125)] })?.[2]?.slice(2), [
      '$0.13',
      '+$1.88',
    ]);
    const table = sectionTable(figures([now(2)], [earlier(0.125)]), 'finest', 'time');
    const exact = table?.columns.map(({ exact: digits }) => digits?.(table.rows[0]));
    assert.deepEqual(exact, [undefined, '$2.00', '$0.125', '+$1.875'], 'all digits for those who ask');
  });

  it('is beside each key and model, and a dash where one had nothing', () => {
    for (const kind of ['key', 'model'] as const) {
      const row = tableOf(kind, [now(2)], { previous: [earlier(0.5)] })?.[2];
      assert.deepEqual(row?.slice(1), ['$2.00', '$0.50', '+$1.50']);
    }
    const other = key('Other', { total: { used: 1 }, byModel: [{ name: 'claude', used: 1 }] });
    for (const kind of ['time', 'key', 'model'] as const) {
      const row = tableOf(kind, [now(2)], { previous: [other] })?.[2];
      assert.deepEqual(row?.slice(1), ['$2.00', '–', '–'], kind);
    }
    assert.deepEqual(tableOf('key', [now(2)], { previous: [] })?.[1], ['Key', 'Used', 'Before', 'Change']);
  });
});

describe('other sources in the usage panel', () => {
  const usd = { code: 'USD', source: 'gateway' } as const;
  const told = (more: Partial<UsageReport>, other: object) =>
    shown(
      otherSources([
        key('Mine', {
          total: { used: 1.5 },
          others: [{ source: 'recorded', unit: usd, coverage: { complete: true }, ...other }],
          ...more,
        }),
      ]),
    );

  it('stand beside what is shown, with the difference', () => {
    assert.deepEqual(told({}, { total: { used: 1 }, difference: -0.5 }), [
      'What other sources say',
      ['Key', 'Shown above', 'Other source', 'Value', 'Difference'],
      ['Mine', '$1.50', 'Key Quota’s own readings. They cover the whole range.', '$1.00', '$0.50 less'],
    ]);
  });

  it('have a dash for each figure that is not known', () => {
    assert.deepEqual(told({ total: undefined }, { total: { used: 1 } })?.[2]?.slice(1), [
      '–',
      'Key Quota’s own readings. They cover the whole range.',
      '$1.00',
      'not comparable',
    ]);
    // A 0 of which nothing is covered is only the sum of no rows.
    const nothing = { total: { used: 0 }, coverage: { complete: false } } as const;
    assert.equal(told(nothing, { total: { used: 1 } })?.[2]?.[1], '–');
  });

  it('take one line in all where they have no figures, however many keys there are', () => {
    const lacking = { complete: false, reason: 'recorded-gaps' } as const;
    const others = [{ source: 'recorded', unit: usd, coverage: lacking }] as const;
    const reports = ['Mine', 'Yours'].map(name => key(name, { total: { used: 1 }, others }));
    assert.equal(otherSources(reports), undefined);
    const text = templateText(silentSources(reports));
    assert.match(text, /Other sources without figures: 2/);
    assert.match(text, /Mine.*No figures\. Key Quota’s own readings do not cover the whole range\..*Yours/s);
    assert.equal(silentSources([key('Mine', { total: { used: 1 } })]), undefined);
  });

  it('are none where no report has any', () => {
    assert.equal(otherSources([key('Mine', { total: { used: 1 } })]), undefined);
  });
});

describe('the last row of the tables of the usage panel', () => {
  const rows = (...used: readonly number[]) =>
    used.map((each, at) => days(`k${at}`, each, { requests: at + 1 }));
  const days = (name: string, used: number, counts: object = {}) =>
    key(name, {
      total: { used, ...counts },
      byDay: [{ name: `2026-06-0${used > 1 ? 2 : 1}`, used, ...counts }],
    });
  const feet = (reports: readonly UsageReport[], kind: TableKind = 'key', missing = 0) =>
    sectionTable({ ...figures(reports), missing }, 'finest', kind)?.columns.map(({ foot }) => foot?.text);

  it('adds up what is above it, in cents and with all digits', () => {
    const reports = rows(1.004, 2.001, 0.001);
    assert.deepEqual(feet(reports), ['Total', '$3.01', '6']);
    const used = sectionTable(figures(reports), 'finest', 'key')?.columns[1];
    assert.equal(used?.foot?.exact, '$3.006');
    assert.deepEqual(feet(reports, 'detail'), ['Total', undefined, '$3.01', '6']);
  });

  it('has no figure that a row lacks, and says what is missing in it', () => {
    assert.deepEqual(feet([...rows(1), days('Untold', 2)]), ['Total', '$3.00', undefined]);
    assert.equal(feet(rows(1, 2), 'key', 1)?.[0], 'Total, incomplete');
    assert.deepEqual(feet(rows(2)), ['Total', undefined, undefined], 'one row is its own sum');
  });

  it('adds up the period before', () => {
    const table = sectionTable(figures(rows(1, 2), rows(0.5, 0.25)), 'finest', 'key');
    assert.deepEqual(
      table?.columns.map(({ foot }) => foot?.text),
      ['Total', '$3.00', '3', '$0.75', '+$2.25'],
    );
  });
});
