import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { reportsCsv } from '../../../../src/text/exports/reportCsv.ts';
import { report } from '../../webview/usageReports.ts';

/** The cells of each row by the names of their columns; no cell of these reports needs quotes. */
function rows(...reports: readonly UsageReport[]): Record<string, string>[] {
  const [head = [], ...lines] = reportsCsv(reports)
    .trimEnd()
    .split('\r\n')
    .map(line => line.split(','));
  return lines.map(cells => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

const total = { used: 1.5 };

describe('the CSV of reports', () => {
  it('names whose figures each row has', () => {
    const scopes = rows(report({ total }), report({ scope: { key: 'Mine' }, total }));
    assert.deepEqual(
      scopes.map(({ scope }) => scope),
      ['Team', 'Mine'],
    );
  });

  it('has counts only where the source has them', () => {
    const [first] = rows(report({ total: { used: 1.5, requests: 3 } }));
    assert.deepEqual([first?.used, first?.requests, first?.tokens], ['1.5', '3', '']);
    const [other] = rows(report({ total: { used: 1.5, tokens: 40 } }));
    assert.deepEqual([other?.used, other?.requests, other?.tokens], ['1.5', '', '40']);
  });

  for (const [part, only] of [
    [{ keys: { shown: 2, all: 3 } }, '2 of 3 keys'],
    [{ key: 'Cline', model: 'gpt-4.1' }, 'key: Cline; model: gpt-4.1'],
    [{ model: '' }, 'spend whose model is not known'],
    [
      { model: 'gpt-4.1', lacksUnknownModels: true },
      'model: gpt-4.1; without spend whose model is not known',
    ],
  ] as const) {
    it(`says in its last column that it holds a part: ${only}`, () => {
      const [head = '', row = ''] = reportsCsv([report({ total })], part).split('\r\n');
      assert.deepEqual([head.split(',').at(-1), row.split(',').at(-1)], ['only', only]);
    });
  }

  for (const [complete, coverage] of [
    ['yes', { complete: true }],
    ['no', { complete: false, reason: 'broke-off' }],
    ['no', { complete: false }],
    ['no', { complete: false, reason: 'scale-changed' }],
    ['yes', { complete: true, reason: 'scale-changed' }],
  ] as const) {
    it(`says “${complete}” of a total that is ${JSON.stringify(coverage)}`, () => {
      assert.equal(rows(report({ total, coverage }))[0]?.complete, complete);
    });
  }

  it('says “no” where there is no total, whatever is covered', () => {
    const [row] = rows(report({ coverage: { complete: true } }));
    assert.deepEqual([row?.part, row?.used, row?.complete], ['total', '', 'no']);
  });

  it('has no row for another source without a total, and that source’s own coverage in its row', () => {
    const unit = { code: 'USD', source: 'gateway' } as const;
    const told = (more: object) =>
      rows(
        report({
          total,
          others: [{ source: 'recorded', unit, coverage: { complete: false }, ...more }],
        }),
      ).slice(1);
    assert.deepEqual(told({}), []);
    const [other] = told({ total: { used: 0.25 } });
    assert.deepEqual(
      [other?.part, other?.source, other?.used, other?.complete],
      ['other-source', 'recorded', '0.25', 'no'],
    );
  });
});
