import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import type { PeriodBefore, Review } from '../../../../src/text/review/reviewContent.ts';
import { summarySection } from '../../../../src/text/review/reviewSummary.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const CNY = { code: 'CNY', source: 'gateway' } as const;
/** A complete report of a key; the range is 1 to 3 June 2026 in UTC. */
const key = (name: string, used: number, more: Partial<UsageReport> = {}) =>
  report({ scope: { key: name }, keyId: name, total: { used }, ...more });
const known = (used: number, more: Partial<PeriodBefore> = {}): PeriodBefore => ({
  unit: USD,
  used,
  isComplete: true,
  ...more,
});

function summary(
  reports: readonly UsageReport[],
  more: Partial<Review> = {},
  before: readonly (PeriodBefore | undefined)[] = [],
): string[] {
  const judged = { days: true, hours: true };
  return blockTexts(
    summarySection({
      from: '2026-06-01',
      to: '2026-06-03',
      createdAt: '2026-06-10T12:00:00.000Z',
      timeZone: 'UTC',
      reviewer: '',
      parts: reports.map((each, index) => ({ report: each, anomalies: [], judged, before: before[index] })),
      unverified: [],
      ...more,
    }),
  ).flatMap(text =>
    text
      .replaceAll(/\u2009/g, ' ')
      .replaceAll('\\', '')
      .split('\n'),
  );
}

describe('the summary of a review', () => {
  useTimeZone('UTC');
  const PERIOD = { from: '2026-05-29', to: '2026-05-31' };

  it('leads with the total of each unit, and says that it is complete', () => {
    const complete = '- Complete: it covers the whole range for every key.';
    assert.deepEqual(summary([key('a', 1.204), key('b', 2.1), key('c', 7, { unit: CNY })]), [
      '**Total in USD: $3.30**',
      complete,
      '**Total in CNY: ¥7.00**',
      complete,
    ]);
  });

  it('says in the total’s own line that a part is missing, and which', () => {
    const untold = { complete: false, reason: 'not-told' } as const;
    const b = report({ scope: { key: 'b' }, keyId: 'b', total: undefined, coverage: untold });
    assert.deepEqual(summary([key('a', 1), b]), [
      '**Total in USD, incomplete: $1.00**',
      '- Not complete. It covers: 1 of 2 keys.',
    ]);
  });

  it('concludes no more than what is known from a figure over a changed unit', () => {
    const changed = {
      complete: false,
      reason: 'scale-changed',
      from: '2026-06-01T00:00:00.000Z',
      to: '2026-06-02T23:59:59.999Z',
    } as const;
    const sentences = ['**Total in USD, incomplete: $5.00**', '- Not complete. It covers: 66% of the range.'];
    const of = (amount: number) => summary([key('a', 5, { coverage: changed })], { budget: { amount } });
    assert.deepEqual(of(4), [...sentences, '- Budget: $4.00. It was exceeded by $1.00 (125% used).']);
    assert.deepEqual(of(10), [...sentences, '- Budget: $10.00. At least 50% of it was used.']);
  });

  it('compares with the budget, and never says what is left of it while spend may be missing', () => {
    const budget = { amount: 4 };
    assert.equal(
      summary([key('a', 1)], { budget })[2],
      '- Budget: $4.00. 25% of it was used, $3.00 is left.',
    );
    assert.equal(
      summary([key('a', 5)], { budget })[2],
      '- Budget: $4.00. It was exceeded by $1.00 (125% used).',
    );
    const part = { complete: false, reason: 'broke-off' } as const;
    assert.equal(
      summary([key('a', 1, { coverage: part })], { budget })[2],
      '- Budget: $4.00. At least 25% of it was used.',
    );
    assert.equal(
      summary([key('a', 5, { coverage: part })], { budget })[2],
      '- Budget: $4.00. It was exceeded by $1.00 (125% used).',
    );
  });

  it('compares a budget only with the total of its unit', () => {
    const both = [key('a', 1), key('b', 2, { unit: CNY })];
    const inCny = summary(both, { budget: { amount: 4, unit: 'CNY' } });
    assert.equal(inCny.filter(line => line.includes('Budget')).length, 1);
    assert.equal(inCny[4], '- Budget: ¥4.00. 50% of it was used, ¥2.00 is left.');
    assert.equal(
      summary(both, { budget: { amount: 4 } }).at(-1),
      'The budget of 4 could not be compared: no single total is in its unit.',
    );
    assert.equal(
      summary([key('a', 1)], { budget: { amount: 4, unit: 'EUR' } }).at(-1),
      'The budget of 4 EUR could not be compared: no single total is in its unit.',
    );
  });

  it('compares with the period before where both are whole', () => {
    const line = (used: number, before: readonly (PeriodBefore | undefined)[]) =>
      summary([key('a', used), key('b', 1)], { before: PERIOD }, before)[2];
    const name = 'Period before (May 29 – 31, 2026)';
    assert.equal(line(2, [known(1), known(1)]), `- ${name}: $2.00. That is 50% more now.`);
    assert.equal(line(2, [known(3), known(3)]), `- ${name}: $6.00. That is 50% less now.`);
    assert.equal(line(2, [known(0), known(0)]), `- ${name}: $0.00.`);
    assert.equal(line(2, [known(-3), known(1)]), `- ${name}: -$2.00.`, 'more given back than spent');
    assert.equal(line(2, [known(1), undefined]), `- ${name}: $1.00 are known, which is not all.`);
    assert.equal(
      line(2, [known(1), known(1, { isComplete: false })]),
      `- ${name}: $2.00 are known, which is not all.`,
    );
    assert.equal(line(2, [known(1, { unit: CNY }), undefined]), `- ${name}: unknown.`);
    const part = { complete: false, reason: 'broke-off' } as const;
    assert.equal(
      summary([key('a', 2, { coverage: part })], { before: PERIOD }, [known(1)])[2],
      `- ${name}: $1.00.`,
    );
  });

  it('calls nothing complete while the range goes on, and compares it with no period that is over', () => {
    const more = { before: PERIOD, budget: { amount: 4 } };
    const madeAt = (createdAt: string) => summary([key('a', 1)], { ...more, createdAt }, [known(2)]);
    const name = 'Period before (May 29 – 31, 2026)';
    assert.deepEqual(madeAt('2026-06-03T12:00:00.000Z'), [
      '**Total in USD: $1.00**',
      '- The range is not over yet: this is what was spent until Jun 3, 2026, 12:00 PM.',
      '- Budget: $4.00. 25% of it was used, $3.00 is left.',
      `- ${name}: $2.00.`,
    ]);
    assert.deepEqual(madeAt('2026-06-04T00:00:00.000Z').toSpliced(2, 1), [
      '**Total in USD: $1.00**',
      '- Complete: it covers the whole range for every key.',
      `- ${name}: $2.00. That is 50% less now.`,
    ]);
  });

  it('has no total where accounts stand beside keys, and none without figures', () => {
    const account = report({ total: { used: 3 } });
    assert.deepEqual(summary([account, key('a', 1)], { budget: { amount: 4 } }), [
      'There is no total, since there are accounts as well as keys that may belong to them.',
      'The budget of 4 could not be compared: no single total is in its unit.',
    ]);
    assert.deepEqual(summary([]), ['No figures.']);
  });

  it('has no total in the one unit in which accounts stand beside keys that may be theirs, and all others', () => {
    const maybe = key('a', 1, { belongsTo: { maybe: ['team'] } });
    assert.deepEqual(
      summary([report({ total: { used: 3 } }), maybe, key('b', 7, { unit: CNY })], {
        budget: { amount: 14 },
      }),
      [
        'There is no total in USD, since there are accounts as well as keys that may belong to them.',
        '**Total in CNY: ¥7.00**',
        '- Complete: it covers the whole range for every key.',
        'The budget of 14 could not be compared: no single total is in its unit.',
      ],
    );
  });

  it('counts what a key spent once, with the account that lists it', () => {
    const listed = key('a', 1, { belongsTo: { account: 'team' } });
    const elsewhere = key('b', 2, { belongsTo: {} });
    assert.deepEqual(summary([report({ total: { used: 3 } }), listed, elsewhere]), [
      '**Total in USD: $5.00**',
      '- Complete: it covers the whole range for every key.',
    ]);
  });

  it('lacks a key only in its own unit, and names those of which no unit is known', () => {
    const coverage = { complete: false, reason: 'not-told' } as const;
    const untold = (name: string, more: Partial<UsageReport> = {}) =>
      key(name, 0, { total: undefined, coverage, ...more });
    assert.deepEqual(summary([key('a', 1), key('b', 7, { unit: CNY }), untold('c')]), [
      '**Total in USD, incomplete: $1.00**',
      '- Not complete. It covers: 1 of 2 keys.',
      '**Total in CNY: ¥7.00**',
      '- Complete: it covers the whole range for every key.',
    ]);
    const unit = { code: 'UNITS', source: 'default' } as const;
    assert.deepEqual(summary([key('a', 1), untold('c', { unit, isUnitUnknown: true })]), [
      '**Total in USD: $1.00**',
      '- It covers the whole range for every key whose unit is known.',
      'Not in any total, since the unit is unknown: c.',
    ]);
  });
});
