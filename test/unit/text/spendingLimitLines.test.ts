import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withNextChange } from '../../../src/core/nextChange.ts';
import type { KeySpend, KeyState } from '../../../src/core/quota/keyState.ts';
import type { SpendingLimit, SpendingProgress } from '../../../src/core/spendingLimits/spendingLimit.ts';
import { spendingLimitLines } from '../../../src/text/spendingLimitLines.ts';
import { keyState, reading } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';

/** Wednesday, 17 June 2026, noon. */
const NOON = Date.parse('2026-06-17T12:00:00Z');
const spend = (today: number): KeySpend => ({
  ...{
    today,
    week: today,
    calendarWeek: today,
    month: today,
    since: '2026-06-01T00:00:00.000Z',
    complete: true,
  },
  days: [today],
});
const ofAll = (period: SpendingLimit['period'], amount: number): SpendingLimit => ({
  ...{ scope: { of: 'currency' }, period, amount, unit: { code: 'USD' } },
});
const progress = (spent: number | undefined): SpendingProgress => ({
  ...{ period: 'day', limit: 10, unit: { code: 'USD' }, complete: true },
  ...{ resetsAt: '2026-06-18T00:00:00.000Z', ...(spent !== undefined && { spent }) },
});
const key = (label: string, more: Partial<KeyState>) => keyState({ id: label, label, ...more });
const lines = (keys: readonly KeyState[], limits: readonly SpendingLimit[] = []) =>
  spendingLimitLines({ keys, others: keys, all: keys }, limits, NOON, 1);

describe('the lines about spending limits in the tooltip', () => {
  useTimeZone('UTC');

  it('are none without limits', () => assert.deepEqual(lines([key('A', { spend: spend(1) })]), []));

  it('tell of all keys of a currency, one line for all its limits', () => {
    const keys = [key('A', { spend: spend(1) }), key('B', { spend: spend(2) })];
    assert.deepEqual(lines(keys, [ofAll('day', 5), ofAll('month', 50)]), [
      'All Keys in USD: $3.00 of $5.00 today · $3.00 of $50.00 this month',
    ]);
    assert.deepEqual(lines([...keys, key('C', {})], [ofAll('day', 5)]), [
      'All Keys in USD: ≥ $3.00 of $5.00 today',
    ]);
  });

  it('tell of all keys of a currency beside some of them, and of no other currency', () => {
    const cny = key('C', { reading: reading({ unit: { code: 'CNY', source: 'gateway' } }), spend: spend(7) });
    const [a, b] = [key('A', { spend: spend(1) }), key('B', { spend: spend(2) })];
    const limits = [ofAll('day', 5), { ...ofAll('day', 9), unit: { code: 'CNY' } } as const];
    assert.deepEqual(spendingLimitLines({ keys: [a], others: [a], all: [a, b, cny] }, limits, NOON, 1), [
      'All Keys in USD: $3.00 of $5.00 today',
    ]);
    assert.deepEqual(lines([a, b, cny], limits), [
      'All Keys in USD: $3.00 of $5.00 today',
      'All Keys in CNY: ¥7.00 of ¥9.00 today',
    ]);
  });

  it('tell of keys, the tightest limit first, those of which nothing is known last', () => {
    const keys = [
      key('Unknown', { spendingLimits: [progress(undefined)] }),
      key('Half', { spendingLimits: [progress(5)] }),
      key('None', {}),
      key('Full', { spendingLimits: [progress(1), progress(11)] }),
    ];
    assert.deepEqual(lines(keys), [
      'Full: $1.00 of $10.00 today · $11.00 of $10.00 today',
      'Half: $5.00 of $10.00 today',
      'Unknown: – of $10.00 today',
    ]);
  });

  it('keep figures behind a name that runs from right to left', () => {
    assert.deepEqual(lines([key('שלום', { spendingLimits: [progress(5)] })]), [
      '\u2068שלום\u2069: $5.00 of $10.00 today',
    ]);
  });

  it('tell of three keys, and how many more there are', () => {
    const keys = Array.from({ length: 8 }, (_, n) => key(`K${n}`, { spendingLimits: [progress(n)] }));
    const shown = lines(keys);
    assert.equal(lines(keys.slice(0, 3)).length, 3);
    assert.deepEqual([shown.length, shown[0], shown[3]], [4, 'K7: $7.00 of $10.00 today', 'and 5 more']);
  });

  it('tell of no key that is shown elsewhere', () => {
    const [a, b] = [1, 2].map(n => key(`K${n}`, { spendingLimits: [progress(n)], spend: spend(n) }));
    assert.ok(a && b);
    assert.deepEqual(
      spendingLimitLines({ keys: [a, b], others: [b], all: [a, b] }, [ofAll('day', 5)], NOON, 1),
      ['All Keys in USD: $3.00 of $5.00 today', 'K2: $2.00 of $10.00 today'],
    );
  });

  it('are to be drawn again when a period ends', () => {
    const { until } = withNextChange(() => lines([key('A', { spend: spend(1) })], [ofAll('month', 5)]));
    assert.equal(until, Date.parse('2026-07-01T00:00:00Z'));
  });
});
