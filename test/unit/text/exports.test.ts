import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { csvText } from '../../../src/text/exports/csv.ts';
import { reportsCsv } from '../../../src/text/exports/reportCsv.ts';
import { reportsJson } from '../../../src/text/exports/reportJson.ts';
import { reportsMarkdown } from '../../../src/text/exports/reportMarkdown.ts';
import { forAll } from '../support/forAll.ts';
import { tableUnder } from '../support/markdownTables.ts';
import { tallied } from '../webview/usageReports.ts';

const REPORT: UsageReport = {
  scope: { key: 'Cline, "work"' },
  keyId: 'k1',
  from: '2026-06-01T00:00:00.000Z',
  to: '2026-06-02T23:59:59.999Z',
  unit: { code: 'USD', source: 'gateway' },
  total: { used: 0.30000401, requests: 3 },
  byDay: [
    { name: '2026-06-01', used: 0.1 },
    { name: '2026-06-02', used: 0.20000401 },
  ],
  byModel: [{ name: '=HYPERLINK("http://x")', used: 0.30000401, tokens: 1234 }],
  coverage: { complete: true, from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T23:59:59.999Z' },
  source: 'logs',
};

/** A reader of CSV after RFC 4180, written for this test alone. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at++;
    } else cell += character;
  }
  return rows;
}

type Parts = Readonly<Record<string, readonly { readonly used: number }[] | undefined>>;

function partsOf({ byDay, byKey, byModel }: UsageReport): Parts {
  return { day: byDay, key: byKey, model: byModel };
}

/** The amounts of each part that has any. */
function usedOf(parts: Parts): Record<string, number[]> {
  const filled = Object.entries(parts).filter(([, rows]) => rows && rows.length > 0);
  return Object.fromEntries(filled.map(([part, rows]) => [part, (rows ?? []).map(({ used }) => used + 0)]));
}

function usedInCsv(csv: string): Record<string, number[]> {
  const [head = [], ...rows] = readCsv(csv);
  const [part, used] = [head.indexOf('part'), head.indexOf('used')];
  const groups = Map.groupBy(rows, row => row[part] ?? '');
  return Object.fromEntries([...groups].map(([name, list]) => [name, list.map(row => Number(row[used]))]));
}

function usedInMarkdown(markdown: string): Record<string, number[]> {
  const headings = [
    ['day', 'By day'],
    ['key', 'By key'],
    ['model', 'By model'],
  ] as const;
  const present = headings.filter(([, heading]) => markdown.includes(`\n### ${heading}\n`));
  const amounts = (heading: string) =>
    tableUnder(markdown, heading).map(([, used = '']) => Number(used.replace(/[$,]/g, '')));
  return Object.fromEntries(present.map(([part, heading]) => [part, amounts(heading)]));
}

describe('exports', () => {
  it('CSV reads back to exactly the same figures', () => {
    const [head, ...rows] = readCsv(reportsCsv([REPORT]));
    const column = (name: string) => (head ?? []).indexOf(name);
    assert.deepEqual(
      rows.map(row => [row[column('part')], row[column('name')], row[column('used')]]),
      [
        ['total', '', '0.30000401'],
        ['day', '2026-06-01', '0.1'],
        ['day', '2026-06-02', '0.20000401'],
        ['model', '\'=HYPERLINK("http://x")', '0.30000401'],
      ],
    );
    assert.equal(rows[0]?.[column('scope')], 'Cline, "work"');
  });

  it('CSV has no text that begins like a formula, and every text reads back', () => {
    const start = fc.constantFrom(
      '',
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      ' =',
      '\n@',
      '\u00a0+',
      '＝',
      '＋',
      '\u200B＠',
      'a;=',
      'a; -',
      'a|@',
      'a\t＝',
    );
    const cell = fc.tuple(start, fc.string({ unit: 'binary', maxLength: 20 })).map(parts => parts.join(''));
    forAll(fc.array(cell, { minLength: 1, maxLength: 4 }), cells => {
      const text = cells.map(each => each.replace(/\r\n/g, '\n'));
      const [, row] = readCsv(
        csvText(
          text.map(() => 'x'),
          [text],
        ),
      );
      return text.every((written, at) => {
        const read = row?.[at] ?? '';
        const isFormula = /(?:^|[;|\t\r\n])[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(read);
        return !isFormula && read.replaceAll("'", '') === written.replaceAll("'", '');
      });
    });
  });

  it('CSV writes numbers without exponent and without loss', () => {
    forAll(
      fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter(each => Math.abs(each) >= 1e-6 || each === 0),
      number => {
        const text = csvText(['n'], [[number]]).split('\r\n')[1] ?? '';
        return !/e/i.test(text) && Math.abs(Number(text) - number) <= Math.abs(number) * 1e-12;
      },
    );
  });

  it('CSV numbers of any size read back exactly', () => {
    forAll(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
      const text = csvText(['n'], [[number]]).split('\r\n')[1] ?? '';
      return !/e/i.test(text) && Number(text) === number;
    });
  });

  it('all spend reads back from CSV, JSON and Markdown, part by part', () => {
    forAll(
      tallied,
      report => {
        const parts = { total: report.total && [report.total], ...partsOf(report) };
        assert.deepEqual(usedInCsv(reportsCsv([report])), usedOf(parts));
        const [back] = JSON.parse(reportsJson([report])).reports as readonly UsageReport[];
        assert.deepEqual(back, JSON.parse(JSON.stringify(report)));
        const { total: _total, ...tables } = usedOf(parts);
        assert.deepEqual(usedInMarkdown(reportsMarkdown('Usage', [report])), tables);
        return true;
      },
      200,
    );
  });

  it('another source has its own rows, and is in no sum', () => {
    const other = {
      source: 'recorded',
      unit: REPORT.unit,
      total: { used: 0.25 },
      coverage: { complete: false },
    } as const;
    const disagreeing = { ...REPORT, others: [{ ...other, difference: -0.05000401 }] };
    assert.deepEqual(usedInCsv(reportsCsv([disagreeing])), {
      ...usedInCsv(reportsCsv([REPORT])),
      'other-source': [0.25],
    });
    assert.deepEqual(tableUnder(reportsMarkdown('Usage', [disagreeing]), 'What other sources say'), [
      ['the gateway’s request log', '$0.30000401', '', 'They cover the whole range.'],
      ['Key Quota’s own readings', '$0.25', '$0.050004 less', 'They cover only a part of the range.'],
    ]);
  });

  it('Markdown aligns figures to the right, with their decimal points below each other', () => {
    const text = reportsMarkdown('Usage', [REPORT]);
    assert.match(text, /^\| Day \| Used \|\n\| --- \| ---: \|$/m);
    assert.deepEqual(tableUnder(text, 'By day'), [
      ['2026-06-01', '$0.10000000'],
      ['2026-06-02', '$0.20000401'],
    ]);
  });

  it('JSON holds the reports unchanged', () => {
    assert.deepEqual(JSON.parse(reportsJson([REPORT])), {
      schema: 'key-quota/usage-reports/1',
      complete: true,
      missing: [],
      reports: [REPORT],
    });
  });

  describe('of a key without a figure, beside one with all figures', () => {
    const { total: _total, byDay: _byDay, byModel: _byModel, ...bare } = REPORT;
    const untold: UsageReport = {
      ...bare,
      keyId: 'k2',
      scope: { key: 'Roo' },
      coverage: { complete: false, reason: 'not-told' },
    };

    it('CSV has a row with an empty figure for it, not 0', () => {
      const [head = [], ...rows] = readCsv(reportsCsv([REPORT, untold]));
      const column = (name: string) => head.indexOf(name);
      const row = rows.find(each => each[column('scope')] === 'Roo') ?? [];
      assert.deepEqual(
        [row[column('part')], row[column('used')], row[column('complete')]],
        ['total', '', 'no'],
      );
    });

    it('JSON says first that it is incomplete, and which keys are missing', () => {
      const { complete, missing } = JSON.parse(reportsJson([REPORT, untold]));
      assert.deepEqual([complete, missing], [false, ['k2']]);
    });

    it('Markdown says so in its title, and names the key', () => {
      const text = reportsMarkdown('Usage', [REPORT, untold]);
      assert.match(text, /^# Usage, incomplete$/m);
      assert.match(text, /^Without a figure: Roo\.$/m);
      // Perhaps it was not asked: no answer is spoken of, nor what anything covers.
      assert.match(text, /^No figures\.$/m);
      assert.match(text, /^\*\*Total: unknown\*\*$/m);
      assert.doesNotMatch(text, /\$0\.00/);
      assert.match(reportsMarkdown('Usage', [REPORT]), /^# Usage$/m);
    });

    it('a total without all parts says so in its own line', () => {
      const part = {
        ...REPORT,
        coverage: { ...REPORT.coverage, complete: false, reason: 'broke-off' as const },
      };
      assert.match(
        reportsMarkdown('Usage', [part]),
        /^\*\*Total, incomplete: \$0\.30000401, 3 requests\*\*$/m,
      );
    });
  });

  it('Markdown says why a report has no figures, and not what they cover', () => {
    const coverage = { complete: false, from: REPORT.from, to: '2026-06-01T12:00:00.000Z' } as const;
    const { total: _total, byDay: _byDay, byModel: _byModel, ...rest } = REPORT;
    const others = [
      { source: 'recorded', unit: REPORT.unit, coverage: { complete: false, reason: 'recorded-gaps' } },
    ] as const;
    const withReason = { ...rest, coverage: { ...coverage, reason: 'broke-off' as const }, others };
    const text = reportsMarkdown('June', [withReason, { ...rest, coverage }]);
    const paragraphs = text.split('\n\n').filter(each => each.startsWith('No figures.'));
    assert.deepEqual(paragraphs, ['No figures. The query broke off partway.', 'No figures.']);
    assert.deepEqual(
      tableUnder(text, 'What other sources say').map(row => row[3]),
      [
        'No figures. The query broke off partway.',
        'No figures. Key Quota’s own readings do not cover the whole range.',
      ],
    );
    assert.doesNotMatch(text, /They cover/);
  });

  describe('a total over a changed scale', () => {
    const changed = (complete: boolean) => ({
      ...REPORT,
      coverage: { ...REPORT.coverage, complete, reason: 'scale-changed' as const },
    });

    it('is whole where each part is counted as it was then, and incomplete where one is missing', () => {
      const text = reportsMarkdown('Usage', [changed(true)]);
      assert.match(text, /^# Usage$/m);
      assert.match(text, /^\*\*Total: \$0\.30000401, 3 requests\*\*$/m);
      assert.match(text, /The scale or rate changed during it/);
      const part = reportsMarkdown('Usage', [changed(false)]);
      assert.match(part, /^# Usage, incomplete$/m);
      assert.match(part, /^\*\*Total, incomplete: \$0\.30000401, 3 requests\*\*$/m);
      assert.match(part, /The unit, scale or rate changed during it\. Spend in another unit/);
    });

    it('is marked in CSV and in the first members of JSON', () => {
      const [head = [], ...lines] = readCsv(reportsCsv([changed(true), changed(false)]));
      const totals = lines.filter(line => line[head.indexOf('part')] === 'total');
      assert.deepEqual(
        totals.map(line => line[head.indexOf('complete')]),
        ['yes', 'no'],
      );
      assert.equal(JSON.parse(reportsJson([REPORT, changed(true)])).complete, true);
      assert.equal(JSON.parse(reportsJson([REPORT, changed(false)])).complete, false);
    });
  });

  it('Markdown shows names as text', () => {
    const hostile = { ...REPORT, scope: { key: '[x](http://e) | <img src=x>' } };
    const text = reportsMarkdown('Usage', [hostile]);
    assert.match(text, /\\\[x\\\]\\\(http&#58;\/\/e\\\) \\\| &lt;img src=x&gt;/);
    assert.match(text, /\$0\.30000401\b/);
  });
});
