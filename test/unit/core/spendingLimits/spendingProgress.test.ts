import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendSum } from '../../../../src/core/ledger/spendSums.ts';
import type { KeySpend } from '../../../../src/core/quota/keyState.ts';
import type { SpendingPeriod } from '../../../../src/core/spendingLimits/period.ts';
import { type SpendingLimit, tightestLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { currencyProgress, spendingProgress } from '../../../../src/core/spendingLimits/spendingProgress.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** Wednesday, 17 June 2026, noon. */
const NOON = Date.parse('2026-06-17T12:00:00Z');
const limit = (period: SpendingPeriod, amount = 5): SpendingLimit => ({
  scope: { of: 'key', keyId: 'a' },
  period,
  amount,
  unit: { code: 'USD' },
});
const spend = (more: Partial<KeySpend> = {}): KeySpend => ({
  today: 1.6,
  week: 50,
  calendarWeek: 2.2,
  month: 90,
  since: '2026-06-01T00:00:00.000Z',
  complete: true,
  days: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0.1, 0.2, 0.4, 1.6],
  ...more,
});
const sum = (more: Partial<SpendSum> = {}): SpendSum => ({
  ...spend(),
  unit: { code: 'USD', source: 'gateway' },
  of: 'all',
  members: [],
  missing: 0,
  ...more,
});

describe('how much of a spending limit is spent', () => {
  useTimeZone('UTC');

  const rows: readonly [string, SpendingPeriod, number, string][] = [
    ['what was spent today, until midnight', 'day', 1.6, '2026-06-18T00:00:00.000Z'],
    ['what was spent since Monday, until the next one', 'week', 2.2, '2026-06-22T00:00:00.000Z'],
    ['what was spent this month, until the first', 'month', 90, '2026-07-01T00:00:00.000Z'],
  ];
  it('is at least so much where a gateway has not been heard for hours, and not known of a period since', () => {
    const heard = (until: string, period: SpendingPeriod) => {
      const progress = spendingProgress(limit(period), spend({ until, complete: false }), NOON, 1);
      return [progress.spent, progress.complete];
    };
    assert.deepEqual(heard('2026-06-17T00:00:00.000Z', 'day'), [1.6, false]);
    assert.deepEqual(heard('2026-06-16T23:59:59.999Z', 'day'), [undefined, false]);
    assert.deepEqual(heard('2026-06-16T23:59:59.999Z', 'week'), [2.2, false]);
  });

  for (const [what, period, spent, resetsAt] of rows) {
    it(`is ${what}`, () => {
      const progress = spendingProgress(limit(period), spend(), NOON, 1);
      assert.deepEqual(progress, {
        period,
        limit: 5,
        unit: { code: 'USD' },
        spent,
        resetsAt,
        complete: true,
      });
    });
  }

  it('is at least so much of a period over whose beginning spend was noticed that may be of before', () => {
    const over = (period: SpendingPeriod, ...undividedAt: string[]) =>
      spendingProgress(limit(period), spend({ undividedAt, complete: false }), NOON, 1).complete;
    assert.equal(over('day', '2026-06-17T00:00:00.000Z'), false);
    assert.equal(over('day', '2026-06-16T00:00:00.000Z'), true);
    assert.equal(over('week', '2026-06-01T00:00:00.000Z', '2026-06-15T00:00:00.000Z'), false);
    assert.equal(over('week', '2026-06-16T00:00:00.000Z', '2026-06-17T00:00:00.000Z'), true);
    assert.equal(over('month', '2026-06-01T00:00:00.000Z'), false);
  });

  const since: readonly [string, SpendingPeriod, string, boolean][] = [
    ['is complete for a day that is known from midnight on', 'day', '2026-06-17T00:00:00.000Z', true],
    ['is at least so much for a day that is not', 'day', '2026-06-17T00:00:01.000Z', false],
    ['is complete for a week that is known from Monday on', 'week', '2026-06-15T00:00:00.000Z', true],
    ['is at least so much for a week that is not', 'week', '2026-06-15T00:00:01.000Z', false],
    ['is complete for a month that is known from its first on', 'month', '2026-06-01T00:00:00.000Z', true],
    ['is at least so much for a month that is not', 'month', '2026-06-01T00:00:01.000Z', false],
  ];
  for (const [what, period, from, complete] of since) {
    it(what, () => {
      const progress = spendingProgress(limit(period), spend({ since: from, complete: false }), NOON, 1);
      assert.deepEqual([progress.complete, progress.spent !== undefined], [complete, true]);
    });
  }

  it('is not known where no spend is, which is not 0', () => {
    const progress = spendingProgress(limit('day'), undefined, NOON, 1);
    assert.deepEqual(progress, {
      period: 'day',
      limit: 5,
      unit: { code: 'USD' },
      resetsAt: '2026-06-18T00:00:00.000Z',
      complete: false,
    });
    assert.equal(tightestLimit([progress]), undefined);
  });

  it('counts a month that begins on another day', () => {
    const counted = spend({ monthFrom: '2026-06-10T00:00:00.000Z' });
    const progress = spendingProgress(limit('month'), counted, NOON, 10);
    assert.deepEqual([progress.spent, progress.resetsAt], [90, '2026-07-10T00:00:00.000Z']);
  });

  it('is not known for a month that was counted from another day on', () => {
    assert.equal(spendingProgress(limit('month'), spend(), NOON, 10).spent, undefined);
    const other = spend({ monthFrom: '2026-06-10T00:00:00.000Z' });
    assert.equal(spendingProgress(limit('month'), other, NOON, 1).spent, undefined);
  });

  it('is tightest where the largest part of it is spent, which may be more than all', () => {
    const of = (period: SpendingPeriod, amount: number) =>
      spendingProgress(limit(period, amount), spend(), NOON, 1);
    const [day, week, month] = [of('day', 0.8), of('week', 1.1), of('month', 100)];
    assert.deepEqual(tightestLimit([month, day, week]), { progress: day, share: 2 });
    assert.deepEqual(tightestLimit([month]), { progress: month, share: 0.9 });
    assert.equal(tightestLimit([]), undefined);
    const unknown = spendingProgress(limit('day'), undefined, NOON, 1);
    assert.equal(tightestLimit([unknown, month])?.progress, month);
  });
});

describe('how much of a limit for all keys of a currency is spent', () => {
  useTimeZone('UTC');
  const ofAll: SpendingLimit = { ...limit('day'), scope: { of: 'currency' } };
  const progress = (...sums: readonly SpendSum[]) => {
    const { spent, complete } = currencyProgress(ofAll, sums, NOON, 1);
    return [spent, complete];
  };

  it('is the sum of its unit, and of no other', () => {
    const yuan = sum({ unit: { code: 'CNY', source: 'gateway' }, today: 70 });
    assert.deepEqual(progress(yuan, sum()), [1.6, true]);
  });

  it('tells a gateway’s own currencies apart', () => {
    const credits = sum({ unit: { code: 'CUSTOM', symbol: 'Ⓒ', source: 'gateway' } });
    const ofCoins = { ...ofAll, unit: { code: 'CUSTOM', symbol: '¤' } as const };
    assert.equal(currencyProgress(ofCoins, [credits], NOON, 1).spent, undefined);
  });

  it('is at least so much where a key is missing', () => {
    assert.deepEqual(progress(sum({ missing: 1 })), [1.6, false]);
  });

  it('is at least so much where a part of the period is not known of one of them', () => {
    const late = sum({ since: '2026-06-17T00:00:01.000Z', complete: false });
    assert.deepEqual(progress(late), [1.6, false]);
  });

  it('is at least what the others spent where a key was not heard of in the period', () => {
    const until = '2026-06-14T00:00:00.000Z';
    assert.deepEqual(progress(sum({ until })), [1.6, false]);
    assert.deepEqual(progress(sum({ until, today: 0 })), [undefined, false]);
    assert.deepEqual(progress(sum({ today: 0 })), [0, true]);
  });

  it('is at least the larger of two sums that may have the same spend', () => {
    const [accounts, keys] = [sum({ of: 'accounts', today: 2 }), sum({ of: 'keys', today: 3 })];
    assert.deepEqual(progress(accounts, keys), [3, false]);
    assert.deepEqual(progress(keys, accounts), [3, false]);
  });

  it('is not known where no key of the currency is', () => {
    assert.deepEqual(progress(), [undefined, false]);
  });
});
