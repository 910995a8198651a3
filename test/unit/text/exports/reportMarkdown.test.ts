import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { reportsMarkdown } from '../../../../src/text/exports/reportMarkdown.ts';
import { tableUnder } from '../../support/markdownTables.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

describe('the Markdown of reports', () => {
  useTimeZone('UTC');

  it('has the total and what it covers, and nothing that there is not', () => {
    assert.equal(
      reportsMarkdown('Usage', [report({ scope: { key: 'Mine' }, total: { used: 1.5 } })]).replace(
        /\u2009/g,
        ' ',
      ),
      [
        '# Usage',
        '## Mine: Jun 1 – 3, 2026',
        'These are the gateway’s own figures. They cover the whole range.',
        '**Total: $1.50**',
        '',
      ].join('\n\n'),
    );
  });

  it('has the requests and tokens of a total that tells them', () => {
    const line = (total: { used: number; requests?: number; tokens?: number }) =>
      /^\*\*.*\*\*$/m.exec(reportsMarkdown('Usage', [report({ total })]))?.[0];
    assert.equal(line({ used: 1, requests: 3, tokens: 4000 }), '**Total: $1.00, 3 requests, 4,000 tokens**');
    assert.equal(line({ used: 1, tokens: 4000 }), '**Total: $1.00, 4,000 tokens**');
    assert.equal(line({ used: 1, requests: 0 }), '**Total: $1.00, 0 requests**');
  });

  it('has a column of counts where any row has one, and a dash where a row has none', () => {
    const byModel = [
      { name: 'gpt', used: 1, requests: 3 },
      { name: '', used: 0.5 },
    ];
    const text = reportsMarkdown('Usage', [report({ total: { used: 1.5 }, byModel, byKey: [] })]);
    assert.match(text, /^\| Model \| Used \| Requests \|$/m);
    assert.deepEqual(tableUnder(text, 'By model'), [
      ['gpt', '$1.00', '3'],
      ['\\(no name\\)', '$0.50', '–'],
    ]);
    assert.doesNotMatch(text, /By key/);
  });

  it('names no source of a report without figures, and what another source says', () => {
    const unit = { code: 'USD', source: 'gateway' } as const;
    const others = [
      { source: 'recorded', unit, total: { used: 2 }, coverage: { complete: true } },
      { source: 'logs', unit, coverage: { complete: false, reason: 'empty-log' } },
    ] as const;
    const text = reportsMarkdown('Usage', [report({ coverage: { complete: false }, others })]);
    assert.doesNotMatch(text, /These are/);
    assert.deepEqual(tableUnder(text, 'What other sources say'), [
      ['the gateway’s own figures', '–', '', 'No figures.'],
      ['Key Quota’s own readings', '$2.00', '–', 'They cover the whole range.'],
      [
        'the gateway’s request log',
        '–',
        '–',
        'No figures. The gateway showed an empty request log, as it also does when it keeps none or cannot read it.',
      ],
    ]);
  });

  it('says how old an answer is, and when its gateway is asked again', () => {
    const more = { answeredAt: '2026-06-03T08:00:00.000Z', retryAt: '2026-06-03T12:20:00.000Z' };
    assert.match(
      reportsMarkdown('Usage', [report({ total: { used: 1 }, ...more })]).replace(/\u202f/g, ' '),
      /whole range\. This answer is from Jun 3, 2026, 8:00 AM\. The gateway can be asked again at Jun 3, 2026, 12:20 PM\.$/m,
    );
  });

  it('has moments in its heading for a range that is not whole days', () => {
    for (const ends of [
      { from: '2026-06-01T09:00:00.000Z', to: '2026-06-03T23:59:59.999Z' },
      { from: '2026-06-01T00:00:00.000Z', to: '2026-06-03T09:00:00.000Z' },
    ]) {
      const text = reportsMarkdown('Usage', [report({ ...ends, total: { used: 1 } })]);
      assert.match(text, /^## Team: Jun 1, 2026, .* to Jun 3, 2026, .*$/m);
    }
  });
});
