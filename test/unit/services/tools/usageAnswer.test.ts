import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { usageAnswer } from '../../../../src/services/tools/usageAnswer.ts';

const report: UsageReport = {
  scope: { account: 'Team account' },
  keyId: 'id-1',
  from: '2026-06-01T00:00:00.000Z',
  to: '2026-06-30T23:59:59.999Z',
  unit: { code: 'USD', source: 'gateway' },
  total: { used: 3 },
  byDay: [{ name: '2026-06-01', used: 3 }],
  byModel: [{ name: 'gpt-4.1', used: 3 }],
  byKey: [
    { name: 'Sam’s laptop', used: 2 },
    { name: 'CI', used: 1 },
  ],
  timeline: { step: 'day', cells: [{ at: '2026-06-01', used: 3, key: 'Sam’s laptop' }] },
  coverage: { complete: true },
  source: 'gateway',
  note: 'https://gw.example does not tell what “Team account” spent.',
};

describe('what an agent learns about usage', () => {
  it('has no name but those of days and models, unless the user allows them', () => {
    const answer = usageAnswer(report, 'key 1', false);
    assert.equal(answer.key, 'key 1');
    assert.deepEqual(answer.byKey, [
      { name: 'account key 1', used: 2 },
      { name: 'account key 2', used: 1 },
    ]);
    assert.deepEqual(answer.byModel, report.byModel);
    assert.doesNotMatch(JSON.stringify(answer), /Sam|CI|Team|gw\.example|id-1/);
  });

  it('has the names the user allows', () => {
    const answer = usageAnswer(report, 'Team account', true);
    assert.deepEqual(answer.byKey, report.byKey);
    assert.equal(answer.note, report.note);
  });
});
