import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { headlineOf } from '../../../src/core/usage/headline.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { sectionTotal } from '../../../src/webview/usage/sections.ts';
import { daysOf, type TotalsOptions, totalItems, totalText } from '../../../src/webview/usage/totals.ts';
import { report, sectionOf } from './usageReports.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const OVER = Date.parse('2026-06-10T00:00:00Z');
const HALF = {
  complete: false,
  from: '2026-06-01T00:00:00.000Z',
  to: '2026-06-02T12:00:00.000Z',
  reason: 'broke-off',
} as const;

/** Each total with its label. */
function items(
  reports: readonly UsageReport[],
  { missing = 0, ...more }: Partial<TotalsOptions> & { missing?: number } = {},
): string[] {
  return totalItems({
    unit: USD,
    total: sectionTotal(sectionOf(...reports)),
    headline: headlineOf(reports, missing, OVER),
    ...more,
  }).map(({ label, value }) => `${label}: ${value}`);
}
const spent = (used: number, more: Partial<UsageReport> = {}) => report({ total: { used }, ...more });

describe('the totals of the usage panel', () => {
  it('are what was spent, with requests and tokens where every source tells them', () => {
    assert.deepEqual(items([spent(1.5)]), ['Total: $1.50']);
    assert.deepEqual(items([report({ total: { used: 1.5, requests: 0, tokens: 4000 } })]), [
      'Total: $1.50',
      'Requests: 0',
      'Tokens: 4,000',
    ]);
  });

  it('are money to the cent as the tables below them, with all digits as what is hovered', () => {
    const moneyOf = (used: number, before: number, unit: Unit = USD) =>
      totalItems({
        ...{ unit, total: { used }, headline: headlineOf([spent(used)], 0, OVER) },
        previous: { total: { used: before }, flaw: undefined },
      }).map(({ value, exact }) => [value, exact]);
    assert.deepEqual(moneyOf(1.234567, 2), [
      ['$1.23', '$1.234567'],
      ['$2.00', undefined],
      ['-$0.77 (-38%)', '-$0.765433 (-38%)'],
    ]);
    assert.deepEqual(moneyOf(0.004, 0, { code: 'USD', source: 'default' }), [
      ['≈ < $0.01', '≈ $0.004'],
      ['≈ $0.00', undefined],
      ['+≈ < $0.01', '+≈ $0.004'],
    ]);
    assert.deepEqual(moneyOf(1234567, 1000000, { code: 'TOKENS', source: 'gateway' })[0], [
      '1,234,567 tokens',
      undefined,
    ]);
  });

  it('have averages per request, and per day where no part is missing', () => {
    const three = { count: 3, isOver: true };
    const counted = { total: { used: 1.5, requests: 400 } };
    assert.deepEqual(items([report(counted)], { days: three }), [
      'Total: $1.50',
      'Requests: 400',
      'Per day (3 days): $0.500',
      'Per request: $0.00375',
    ]);
    assert.deepEqual(items([spent(9)], { days: { count: 3, isOver: false } }).slice(1), [
      'Per day (3 days so far): $3.00',
    ]);
    assert.deepEqual(items([spent(9, { coverage: HALF })], { days: three }).slice(2), []);
    assert.deepEqual(items([spent(9)], { days: { count: 1, isOver: true } }).slice(1), []);
    assert.deepEqual(items([spent(0)], { days: three }).slice(1), []);
    const assumed = { unit: { code: 'USD', source: 'default' }, days: three } as const;
    assert.equal(items([spent(9)], assumed)[1], 'Per day (3 days): ≈ $3.00');
  });

  it('count the days of the range that have begun, in the zone of the figures', () => {
    const days = (from: string, to: string, now: string, zone = 'UTC') =>
      daysOf(sectionOf(report({ from, to })), zone, Date.parse(now));
    const [from, to] = ['2026-06-01T00:00:00.000Z', '2026-06-03T23:59:59.999Z'];
    assert.deepEqual(days(from, to, '2026-06-10T00:00:00Z'), { count: 3, isOver: true });
    assert.deepEqual(days(from, to, '2026-06-02T10:00:00Z'), { count: 2, isOver: false });
    const [fromChina, toChina] = ['2026-05-31T16:00:00.000Z', '2026-06-02T15:59:59.999Z'];
    assert.equal(days(fromChina, toChina, '2026-06-10T00:00:00Z', 'Asia/Shanghai')?.count, 2);
    const noon = '2026-06-02T12:00:00.000Z';
    assert.equal(days('2026-06-01T12:00:00.000Z', noon, noon), undefined, 'the last 24 hours are no days');
    assert.equal(daysOf(sectionOf(), 'UTC', 0), undefined);
  });

  it('are not known where no key has a total', () => {
    assert.deepEqual(items([report()], { missing: 1 }), ['Total: unknown', 'Covers: 0 of 2 keys']);
  });

  it('say what they cover, and why they may be wrong', () => {
    assert.deepEqual(items([spent(1, { coverage: HALF })], { missing: 1 }), [
      'Total, incomplete: $1.00',
      'Covers: 1 of 2 keys, 50% of the range',
    ]);
    const unread = { ...HALF, to: '2026-06-03T23:59:59.999Z', reason: 'unreadable-rows' } as const;
    assert.deepEqual(items([spent(1, { coverage: unread })]), [
      'Total, incomplete: $1.00',
      'Note: some of it could not be read',
    ]);
  });

  it('are marked where the unit is assumed, unless it is the gateway’s raw one', () => {
    assert.deepEqual(items([spent(1)], { unit: { code: 'USD', source: 'default' } }), ['Total: ≈ $1.00']);
    assert.deepEqual(items([spent(1)], { unit: { code: 'USD', source: 'setting' } }), ['Total: $1.00']);
    assert.deepEqual(items([spent(1)], { unit: { code: 'UNITS', source: 'default' } }), ['Total: 1 unit']);
  });
});

describe('the period before in the totals of the usage panel', () => {
  const compared = (now: number, before: number | undefined, flaw?: 'incomplete') =>
    items([spent(now)], { previous: { total: before === undefined ? undefined : { used: before }, flaw } });

  it('is followed by the change, also in per cent', () => {
    assert.deepEqual(compared(3, 2), ['Total: $3.00', 'Period before: $2.00', 'Change: +$1.00 (+50%)']);
    assert.deepEqual(compared(1, 2).at(-1), 'Change: -$1.00 (-50%)');
    assert.deepEqual(compared(2, 2).at(-1), 'Change: $0.00 (0%)');
  });

  it('is followed by the change so far while the range goes on', () => {
    const previous = { total: { used: 2 }, flaw: undefined };
    const change = (isOver: boolean) => items([spent(3)], { previous, days: { count: 1, isOver } }).at(-1);
    assert.deepEqual(change(false), 'Change so far: +$1.00 (+50%)');
    assert.deepEqual(change(true), 'Change: +$1.00 (+50%)');
  });

  it('has no per cent where nothing was spent in it', () => {
    assert.deepEqual(compared(3, 0).at(-1), 'Change: +$3.00');
  });

  it('is not compared where a part of either is missing', () => {
    assert.deepEqual(compared(3, undefined), ['Total: $3.00', 'Period before: unknown']);
    assert.deepEqual(compared(3, 2, 'incomplete'), ['Total: $3.00', 'Period before, incomplete: $2.00']);
    const half = items([spent(3, { coverage: HALF })], { previous: { total: { used: 2 }, flaw: undefined } });
    assert.deepEqual(half.at(-1), 'Period before: $2.00');
    const none = items([report()], { previous: { total: { used: 2 }, flaw: undefined } });
    assert.deepEqual(none.at(-1), 'Period before: $2.00');
  });
});

describe('a total for screen readers', () => {
  it('says what is missing in it', () => {
    assert.equal(totalText(sectionOf(spent(1.5)), 0), 'Total: $1.50');
    assert.equal(totalText(sectionOf(report()), 1), 'Total: unknown Incomplete: it covers 0 of 2 keys.');
  });
});
