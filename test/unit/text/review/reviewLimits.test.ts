import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendingLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { parseRange } from '../../../../src/core/usage/range.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { summarySection } from '../../../../src/text/review/reviewSummary.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

const USD = { code: 'USD' } as const;
const limit = (
  period: SpendingLimit['period'],
  amount: number,
  keyId?: string,
  unit: SpendingLimit['unit'] = USD,
): SpendingLimit => ({
  scope: keyId === undefined ? { of: 'currency' } : { of: 'key', keyId },
  period,
  amount,
  unit,
});
/** A complete report of a key, which spent these amounts on the first days of the range. */
const key = (name: string, days: readonly number[], more: Partial<UsageReport> = {}) =>
  report({
    scope: { key: name },
    keyId: name,
    total: { used: days.reduce((sum, used) => sum + used, 0) },
    byDay: days.map((used, index) => ({ name: `2026-06-0${index + 1}`, used })),
    ...more,
  });
const PART = { coverage: { complete: false, reason: 'broke-off' } } as const;

interface Given {
  readonly from?: string;
  readonly to?: string;
  readonly hasAllKeys?: boolean;
  readonly now?: string;
}

/** The sentences of the summary in which a limit is named; June 2026 unless other days are given. */
function sentences(
  reports: readonly UsageReport[],
  limits: readonly SpendingLimit[],
  { from = '2026-06-01', to = '2026-06-30', hasAllKeys = true, now = '2026-07-10T12:00:00.000Z' }: Given = {},
): string[] {
  const range = parseRange(from, to, Date.parse('2027-01-01')).range ?? assert.fail();
  return blockTexts(
    summarySection({
      from,
      to,
      createdAt: now,
      timeZone: 'UTC',
      reviewer: '',
      parts: reports.map(each => ({ report: each, anomalies: [], judged: { days: true, hours: true } })),
      unverified: [],
      limits: { all: limits, hasAllKeysOf: () => hasAllKeys, range, monthBegins: 1 },
    }),
  )
    .flatMap(text =>
      text
        .replaceAll(/\s/g, match => (match === '\n' ? match : ' '))
        .replaceAll('\\', '')
        .split('\n'),
    )
    .filter(line => line.includes('pending limit') || line.startsWith('- and '));
}

describe('spending limits in the summary of a review', () => {
  useTimeZone('UTC');

  it('of a month are compared with a review of that month', () => {
    const reports = [key('a', [30]), key('b', [20])];
    assert.deepEqual(sentences(reports, [limit('month', 200)]), [
      '- Spending limit of $200.00 a month: 25% of it was used, $150.00 is left.',
    ]);
    assert.deepEqual(sentences(reports, [limit('month', 40)]), [
      '- Spending limit of $40.00 a month: exceeded by $10.00 (125% used).',
    ]);
  });

  it('leave nothing where spend may be missing: of a key, of a part of the month, of keys that are not reviewed', () => {
    const least = ['- Spending limit of $200.00 a month: at least 25% of it was used.'];
    const monthly = [limit('month', 200)];
    assert.deepEqual(sentences([key('a', [50], PART)], monthly), least);
    assert.deepEqual(sentences([key('a', [50])], monthly, { to: '2026-06-29' }), least);
    assert.deepEqual(sentences([key('a', [50])], monthly, { hasAllKeys: false }), least);
    assert.deepEqual(
      sentences([key('a', [250], PART)], monthly),
      ['- Spending limit of $200.00 a month: exceeded by $50.00 (125% used).'],
      'what is missing makes it no less',
    );
  });

  it('of a month that goes on are compared up to now', () => {
    const given = { to: '2026-06-15', now: '2026-06-15T12:00:00.000Z' };
    assert.deepEqual(sentences([key('a', [50])], [limit('month', 200)], given), [
      '- Spending limit of $200.00 a month: 25% of it was used, $150.00 is left.',
    ]);
  });

  it('of a day are compared with each day', () => {
    const reports = [key('a', [4, 2, 4]), key('b', [2, 2, 3])];
    assert.deepEqual(sentences(reports, [limit('day', 5)]), [
      '- Spending limit of $5.00 a day: exceeded in 2 of 30 periods; the most was $7.00 (Jun 3, 2026).',
    ]);
    assert.deepEqual(sentences(reports, [limit('day', 8)]), [
      '- Spending limit of $8.00 a day: kept in every whole period (30); the most was $7.00 (Jun 3, 2026).',
    ]);
    assert.deepEqual(sentences([key('a', [4, 9], PART)], [limit('day', 5), limit('day', 10)]), [
      '- Spending limit of $5.00 a day: exceeded in at least 1 of 30 periods; the most was $9.00 (Jun 2, 2026).',
      '- Spending limit of $10.00 a day: not known to be exceeded in any whole period (30).',
    ]);
  });

  it('of a week count weeks from Monday on, and those of which a part is reviewed only where they are exceeded', () => {
    // The 1st of June is a Monday; 3 to 16 June have the whole week from the 8th on.
    const given = { from: '2026-06-03', to: '2026-06-16' };
    const days = [0, 0, 0, 6, 0, 0, 0, 2];
    assert.deepEqual(sentences([key('a', days)], [limit('week', 10), limit('week', 5)], given), [
      '- Spending limit of $10.00 a week: kept in every whole period (1); the most was $6.00 (Jun 1 – 7, 2026).',
      '- Spending limit of $5.00 a week: exceeded in 1 of 2 periods; the most was $6.00 (Jun 1 – 7, 2026).',
    ]);
    assert.deepEqual(
      sentences([key('a', [1])], [limit('month', 5)], { from: '2026-05-20', to: '2026-06-10' }),
      ['- Spending limit of $5.00 a month: this range contains no whole period of it.'],
    );
    assert.deepEqual(
      sentences([key('a', [6])], [limit('month', 5)], { from: '2026-05-20', to: '2026-06-10' }),
      [
        '- Spending limit of $5.00 a month: exceeded in 1 of 1 period; the most was $6.00 (Jun 1 – 30, 2026).',
      ],
    );
  });

  it('say why they are not compared: no days, no figure', () => {
    const daily = [limit('day', 5)];
    assert.deepEqual(sentences([key('a', [7], { byDay: undefined })], daily), [
      '- Spending limit of $5.00 a day: not compared, since spend by day is unknown.',
    ]);
    const untold = { total: undefined, coverage: { complete: false, reason: 'not-told' } } as const;
    assert.deepEqual(sentences([key('a', [7]), key('b', [], untold)], [limit('month', 5, 'b')]), [
      'Spending limits:',
      '- b: Spending limit of $5.00 a month: not compared, since spend is unknown.',
    ]);
  });

  it('of keys follow the totals, those first of which most was used', () => {
    const reports = [key('a', [1]), key('b', [9]), key('c', [2])];
    const limits = [limit('month', 10, 'a'), limit('month', 10, 'b'), limit('month', 10, 'gone')];
    assert.deepEqual(sentences(reports, limits), [
      'Spending limits:',
      '- b: Spending limit of $10.00 a month: 90% of it was used, $1.00 is left.',
      '- a: Spending limit of $10.00 a month: 10% of it was used, $9.00 is left.',
    ]);
    const many = Array.from({ length: 8 }, (_, index) => key(`k${index}`, [1]));
    const own = many.map(({ keyId }) => limit('month', 10, keyId));
    assert.equal(sentences(many, own).length, 8);
    assert.equal(sentences(many, own).at(-1), '- and 2 more');
  });

  it('are compared with spend in their own unit alone, and not with accounts beside keys', () => {
    const cny = { code: 'CNY' } as const;
    assert.deepEqual(sentences([key('a', [1])], [limit('month', 5, undefined, cny)]), []);
    assert.deepEqual(sentences([key('a', [1])], [limit('month', 5, 'a', cny)]), []);
    const both = [report({ total: { used: 3 } }), key('a', [1])];
    assert.deepEqual(sentences(both, [limit('month', 5), limit('month', 5, 'a')]), [
      'Spending limits:',
      '- Spending limit of $5.00 a month, all keys in USD: not compared, since there is no total.',
      '- a: Spending limit of $5.00 a month: 20% of it was used, $4.00 is left.',
    ]);
  });
});
