import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unit } from '../../../../src/core/quota/unit.ts';
import type { UsageRow } from '../../../../src/core/usage/usage.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { reconciliationSection } from '../../../../src/text/review/reviewReconciliation.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { report } from '../../webview/usageReports.ts';

function blocks(reports: readonly UsageReport[], ratio?: number): string[] {
  const judged = { days: true, hours: true };
  return blockTexts(
    reconciliationSection({
      from: '2026-06-01',
      to: '2026-06-03',
      createdAt: '2026-06-10T12:00:00.000Z',
      timeZone: 'UTC',
      reviewer: '',
      parts: reports.map(each => ({ report: each, anomalies: [], judged })),
      unverified: [],
      ratio,
    }),
  );
}

/** The rows of the table by category, without its head. */
const rows = (reports: readonly UsageReport[], ratio?: number) =>
  (blocks(reports, ratio)[1] ?? '')
    .split('\n')
    .slice(2)
    .map(line => line.slice(2, -2).split(' | '));

const spend = (byModel: readonly UsageRow[]) =>
  report({ scope: { key: 'a' }, total: { used: 100, requests: 100 }, byModel });

describe('the categories of billing in a review', () => {
  it('are models with tokens, models without that were called, and what neither shows', () => {
    assert.deepEqual(
      rows([
        spend([
          { name: 'gpt', used: 0.1, requests: 2, tokens: 1000 },
          { name: 'claude', used: 0.2, requests: 3, tokens: 1 },
          { name: 'image', used: 1, requests: 4, tokens: 0 },
          { name: 'never called', used: 0.5, requests: 0, tokens: 0 },
          { name: 'not counted', used: 0.25, tokens: 0 },
          { name: 'without tokens', used: 2, requests: 1 },
          { name: '', used: 4, requests: 1, tokens: 50 },
        ]),
      ]),
      [
        ['a', 'models with tokens', '$0.30', '5'],
        ['a', 'models without tokens: by the call', '$1.00', '4'],
        ['a', 'models unknown', '$6.75', '–'],
      ],
    );
  });

  it('are not known where a source gives only a total, and none where it gives nothing', () => {
    assert.deepEqual(rows([report({ scope: { key: 'a' }, total: { used: 2, requests: 7 } })]), [
      ['a', 'models unknown', '$2.00', '7'],
    ]);
    assert.equal(blocks([report({ scope: { key: 'a' } })]).length, 1);
  });

  it('are at list price where a ratio is set, except for what is billed by the call', () => {
    const models = [
      { name: 'gpt', used: 0.8, requests: 2, tokens: 1000 },
      { name: 'image', used: 1, requests: 4, tokens: 0 },
      { name: '', used: 0.4, requests: 1, tokens: 5 },
    ];
    assert.deepEqual(rows([spend(models)], 0.8), [
      ['a', 'models with tokens', '$0.80', '2', '$1.00'],
      ['a', 'models without tokens: by the call', '$1.00', '4', '–'],
      ['a', 'models unknown', '$0.40', '1', '$0.50'],
    ]);
    assert.match(blocks([spend(models)], 0.8)[1] ?? '', /^\| Name \| .* \| At list price \|$/m);
    assert.doesNotMatch(blocks([spend(models)])[1] ?? '', /At list price/);
  });
});

describe('the notes of a reconciliation', () => {
  const notes = (unit: Unit, ratio?: number) =>
    (blocks([report({ scope: { key: 'a' }, unit, total: { used: 1 } })], ratio)[0] ?? '').split('\n');

  it('say who says what the unit is', () => {
    const first = (unit: Unit) => notes(unit)[0];
    assert.equal(
      first({ code: 'USD', source: 'gateway' }),
      '- USD: the unit, and what quota units are worth in it, are as the gateway states them.',
    );
    assert.equal(
      first({ code: 'USD', source: 'setting' }),
      '- USD: the unit was set by the user for this gateway, not read from it.',
    );
    assert.equal(
      first({ code: 'USD', source: 'default' }),
      '- USD: the gateway of “a” does not say its unit; the usual one is assumed.',
    );
    assert.equal(
      first({ code: 'UNITS', source: 'default' }),
      '- “a” is counted in the gateway’s raw quota units, which it does not explain.',
    );
  });

  it('say one thing once', () => {
    const usd = report({ scope: { key: 'a' }, total: { used: 1 } });
    assert.equal((blocks([usd, { ...usd, keyId: 'b' }])[0] ?? '').match(/states them/g)?.length, 1);
  });

  it('say whether a ratio was set', () => {
    const unit = { code: 'USD', source: 'gateway' } as const;
    assert.match(notes(unit)[3] ?? '', /^- No ratio was set, so nothing is stated at list price\./);
    assert.match(notes(unit, 0.8)[3] ?? '', /^- Ratio as set by the user: 0\.8\. It was not verified/);
  });
});
