import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type UsageExport, usageExport } from '../../../../src/core/panels/usageExport.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { reportsCsv } from '../../../../src/text/exports/reportCsv.ts';
import { reportsJson } from '../../../../src/text/exports/reportJson.ts';
import { reportsMarkdown } from '../../../../src/text/exports/reportMarkdown.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

/** An account whose two keys spent 1 + 4 and 2 dollars, half a dollar of it with a model that is not told. */
const TEAM = report({
  total: { used: 7, requests: 4 },
  byDay: [
    { name: '2026-06-01', used: 3, requests: 2 },
    { name: '2026-06-02', used: 4, requests: 2 },
  ],
  timeline: {
    step: 'hour',
    cells: [
      { at: '2026-06-01T08:00', key: 'cline', model: 'gpt', used: 1, requests: 1 },
      { at: '2026-06-01T09:00', key: 'roo', model: 'gpt', used: 2, requests: 1 },
      { at: '2026-06-02T08:00', key: 'cline', model: 'claude', used: 3.5, requests: 1 },
      { at: '2026-06-02T09:00', key: 'cline', used: 0.5, requests: 1 },
    ],
  },
});
const GONE = report({
  scope: { key: 'Gone' },
  keyId: 'gone',
  note: 'No answer.',
  coverage: { complete: false },
});
const CLINE = { id: 'team\ncline', name: 'cline' };

function exported(only: Parameters<typeof usageExport>[2], keyIds: readonly string[] = []): UsageExport {
  const question = { keyIds, from: '2026-06-01', to: '2026-06-03' };
  return usageExport({ question, reports: [TEAM], missing: [GONE], problems: ['No answer.'] }, 3, only);
}
const rowsOf = (rows: UsageReport['byDay']) =>
  rows?.map(({ name, used, requests }) => [name, used, requests]);

describe('the export of what a usage panel shows', () => {
  useTimeZone('UTC');

  it('is all reports, also of keys without figures, and says nothing where nothing is left out', () => {
    assert.deepEqual(exported(undefined), { reports: [TEAM, GONE] });
    assert.deepEqual(exported({}, ['team', 'gone', 'b']), { reports: [TEAM, GONE] });
  });

  it('says how many of all keys it has', () => {
    assert.deepEqual(exported(undefined, ['team', 'gone']).part, { keys: { shown: 2, all: 3 } });
  });

  it('has the sums of the one key that is looked into, and no key without figures', () => {
    const { reports, part } = exported({ key: CLINE }, ['team', 'gone']);
    assert.deepEqual(part, { key: 'cline' });
    assert.equal(reports.length, 1);
    const [{ total, byDay, byKey, byModel } = TEAM] = reports;
    assert.deepEqual([total?.used, total?.requests], [5, 3]);
    assert.deepEqual(rowsOf(byDay), [
      ['2026-06-01', 1, 1],
      ['2026-06-02', 4, 2],
    ]);
    assert.deepEqual(rowsOf(byKey), [['cline', 5, 3]]);
    assert.deepEqual(rowsOf(byModel), [
      ['claude', 3.5, 1],
      ['gpt', 1, 1],
      ['', 0.5, 1],
    ]);
  });

  it('has the sums of the one model that is looked into, and says what may be missing', () => {
    const { reports, part } = exported({ model: { id: 'gpt', name: 'gpt' } });
    assert.deepEqual(part, { model: 'gpt', lacksUnknownModels: true });
    assert.deepEqual(
      reports.map(({ keyId, total }) => [keyId, total?.used]),
      [
        ['team', 3],
        ['gone', undefined],
      ],
    );
    assert.deepEqual(rowsOf(reports[0]?.byKey), [
      ['roo', 2, 1],
      ['cline', 1, 1],
    ]);
    assert.deepEqual(exported({ key: CLINE, model: { id: 'claude', name: 'claude' } }).part, {
      key: 'cline',
      model: 'claude',
      lacksUnknownModels: true,
    });
  });

  it('says in each format which part it is', () => {
    const { reports, part } = exported({ key: CLINE, model: { id: 'gpt', name: 'gpt' } });
    const [head = '', total = ''] = reportsCsv(reports, part).split('\r\n');
    assert.match(head, /,tokens,only$/);
    assert.match(total, /,total,,1,1,,key: cline; model: gpt; without spend whose model is not known$/);
    assert.doesNotMatch(reportsCsv([TEAM]), /only/);
    assert.deepEqual(JSON.parse(reportsJson(reports, part)).only, part);
    assert.equal('only' in JSON.parse(reportsJson([TEAM])), false);
    const [, line] = reportsMarkdown('Usage', reports, part).split('\n\n');
    assert.equal(line, 'Only: cline, gpt. Spend for unknown models is not in these figures.');
    const some = exported(undefined, ['team', 'gone']);
    assert.match(reportsCsv(some.reports, some.part), /,2 of 3 keys\r\n/);
    assert.match(reportsMarkdown('Usage', some.reports, some.part), /^Only: 2 of 3 keys\.$/m);
    const unknown = exported({ model: { id: '', name: '(unknown model)' } });
    assert.match(reportsCsv(unknown.reports, unknown.part), /,spend whose model is not known\r\n/);
    assert.match(
      reportsMarkdown('Usage', unknown.reports, unknown.part).replaceAll('\\', ''),
      /^Only: \(unknown model\)\.$/m,
    );
  });
});
