import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { SpendingProgress } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { checkedKey, RULES, WarningMemory } from '../../support/warnings.ts';

/** A limit of $5 for a day that ends in six hours. */
const progress = (spent: number | undefined, more: Partial<SpendingProgress> = {}): SpendingProgress => ({
  period: 'day',
  limit: 5,
  unit: { code: 'USD' },
  ...(spent !== undefined && { spent }),
  resetsAt: new Date(NOW + 6 * HOUR).toISOString(),
  complete: true,
  ...more,
});
const key = (limits: readonly SpendingProgress[], now = NOW, more: Partial<KeyState> = {}) =>
  checkedKey(now, { spendingLimits: limits, ...more });

describe('warnings about a spending limit', () => {
  const rows: readonly (readonly [spent: number | undefined, said: readonly string[]])[] = [
    [undefined, []],
    [0, []],
    [3.999999, []],
    [4, ['limit 20']],
    [4.999999, ['limit 20']],
    [5, ['limit 0']],
    [50, ['limit 0']],
  ];
  for (const [spent, said] of rows) {
    it(`are ${said.join() || 'none'} with ${spent ?? 'an unknown part'} of 5 spent`, () => {
      assert.deepEqual(new WarningMemory().evaluate(NOW, [key([progress(spent)])]), said);
    });
  }

  it('come at 80 and at 100 per cent, each once in a period', () => {
    const memory = new WarningMemory();
    const look = (spent: number, hours: number) =>
      memory.evaluate(NOW + hours * HOUR, [key([progress(spent)], NOW + hours * HOUR)]);
    assert.deepEqual(
      [
        look(4.1, 0),
        look(4.5, 1),
        look(3, 2),
        look(4.1, 3.5),
        look(5, 4),
        look(6, 5),
        look(3, 5.2),
        look(6, 5.9),
      ],
      [['limit 20'], [], [], [], ['limit 0'], [], [], []],
    );
  });

  it('come where a mark of another version cannot be read', () => {
    for (const mark of ['no JSON', 'null', '{}', '{"at":"today"}']) {
      const memory = new WarningMemory();
      memory.marks.set('id-1', new Map([['limit day:0', mark]]));
      assert.deepEqual(memory.evaluate(NOW, [key([progress(5)])]), ['limit 0'], mark);
    }
  });

  it('come again in the next period, at once', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [key([progress(5)])]), ['limit 0']);
    const now = NOW + HOUR / 2;
    const next = progress(4, { resetsAt: new Date(NOW + 6 * HOUR + DAY).toISOString() });
    assert.deepEqual(memory.evaluate(now, [key([next], now)]), ['limit 20']);
  });

  it('do not come again where the clock goes over midnight, and back', () => {
    const memory = new WarningMemory();
    const today = (spent: number, now: number) => memory.evaluate(now, [key([progress(spent)], now)]);
    const tomorrow = (spent: number, now: number) => {
      const next = progress(spent, { resetsAt: new Date(NOW + 6 * HOUR + DAY).toISOString() });
      return memory.evaluate(now, [key([next], now)]);
    };
    const midnight = NOW + 6 * HOUR;
    assert.deepEqual(today(5, midnight - 10 * MINUTE), ['limit 0']);
    assert.deepEqual(tomorrow(0, midnight + 5 * MINUTE), []);
    assert.deepEqual(today(5.5, midnight - 5 * MINUTE), []);
    assert.deepEqual(tomorrow(4, midnight + 6 * MINUTE), ['limit 20']);
    assert.deepEqual(today(6, midnight - 4 * MINUTE), []);
    assert.deepEqual(tomorrow(5, midnight + HOUR), ['limit 0'], 'the next day has its own');
  });

  it('do not come again where that limit was passed on both days', () => {
    const memory = new WarningMemory();
    const on = (day: number, spent: number, now: number) => {
      const resetsAt = new Date(NOW + 6 * HOUR + day * DAY).toISOString();
      return memory.evaluate(now, [key([progress(spent, { resetsAt })], now)]);
    };
    const midnight = NOW + 6 * HOUR;
    assert.deepEqual(on(0, 4, midnight - 20 * MINUTE), ['limit 20']);
    assert.deepEqual(on(0, 5, midnight - 10 * MINUTE), ['limit 0']);
    assert.deepEqual(on(1, 5, midnight + 5 * MINUTE), ['limit 0']);
    assert.deepEqual(on(0, 6, midnight - 5 * MINUTE), [], 'back on the first day');
    assert.deepEqual(on(1, 6, midnight + 6 * MINUTE), [], 'on the second again');
    assert.deepEqual(on(0, 6, midnight - 4 * MINUTE), []);
    assert.deepEqual(on(2, 5, midnight + DAY), ['limit 0'], 'the next day has its own');
    assert.deepEqual(on(1, 6, midnight + DAY - MINUTE), []);
  });

  it('come again where the user has set another amount, and not where it is the same', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [key([progress(5)])]), ['limit 0']);
    assert.deepEqual(memory.evaluate(NOW + HOUR, [key([], NOW + HOUR)]), []);
    assert.deepEqual(memory.evaluate(NOW + HOUR, [key([progress(5)], NOW + HOUR)]), []);
    assert.deepEqual(memory.evaluate(NOW + HOUR, [key([progress(5, { limit: 6 })], NOW + HOUR)]), [
      'limit 20',
    ]);
  });

  it('count spend of which a part is missing: it is at least so much', () => {
    assert.deepEqual(new WarningMemory().evaluate(NOW, [key([progress(4, { complete: false })])]), [
      'limit 20',
    ]);
  });

  it('are none of a period that is over, whose figures are still there after a sleep', () => {
    const now = NOW + 6 * HOUR;
    assert.deepEqual(new WarningMemory().evaluate(now, [key([progress(5)], now)]), []);
  });

  it('are one for each period', () => {
    const limits = [
      progress(4),
      progress(30, { period: 'week', limit: 30 }),
      progress(1, { period: 'month' }),
    ];
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [key(limits)]), ['limit 20', 'limit 0']);
    assert.deepEqual(memory.evaluate(NOW, [key(limits)]), []);
  });

  it('come at the percentages that the user sets', () => {
    const rules = { ...RULES, limitPercents: [50, 120, 0, 50] };
    const memory = new WarningMemory();
    const look = (spent: number) => memory.evaluate(NOW, [key([progress(spent)])], rules);
    assert.deepEqual([look(2.4), look(2.5), look(5.9), look(6)], [[], ['limit 50'], [], ['limit -20']]);
    const never = { ...RULES, limitPercents: [] };
    assert.deepEqual(new WarningMemory().evaluate(NOW, [key([progress(9)])], never), []);
  });

  it('are none of a limit of the smallest amount before anything is spent, and come with the first', () => {
    const memory = new WarningMemory();
    const look = (spent: number) =>
      memory.evaluate(NOW, [key([progress(spent, { limit: 0.000001 })])], rules);
    const rules = { ...RULES, limitPercents: [10, 100] };
    assert.deepEqual([look(-1), look(0), look(0.000001)], [[], [], ['limit 0']]);
  });

  it('are urgent once the limit is reached', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [key([progress(4)])]);
    memory.evaluate(NOW, [key([progress(5)])]);
    assert.deepEqual(
      memory.shown.map(({ warning: { severity, urgent, limit } }) => [severity, urgent, limit?.spent]),
      [
        ['warning', false, 4],
        ['error', true, 5],
      ],
    );
  });

  it('are none where the user wants none: of this kind, of the key, for a while', () => {
    const kinds = new Set([...RULES.kinds].filter(kind => kind !== 'limit'));
    assert.deepEqual(new WarningMemory().evaluate(NOW, [key([progress(5)])], { ...RULES, kinds }), []);
    const [off, snoozed] = [new WarningMemory(), new WarningMemory()];
    off.ownRules.set(key([]).id, { off: ['limit'] });
    snoozed.snoozes.set(key([]).id, { since: NOW, lastsMs: HOUR });
    for (const memory of [off, snoozed]) assert.deepEqual(memory.evaluate(NOW, [key([progress(5)])]), []);
    // What was not said is said once it may be.
    assert.deepEqual(snoozed.evaluate(NOW + HOUR, [key([progress(5)], NOW + HOUR)]), ['limit 0']);
  });
});
