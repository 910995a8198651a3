import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { KeySpend, KeyState } from '../../../../src/core/quota/keyState.ts';
import type { SpendingLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { evaluateCurrencyLimits } from '../../../../src/core/warnings/currencyLimits.ts';
import type { WarningSubject } from '../../../../src/core/warnings/evaluateRules.ts';
import type { WarningRules } from '../../../../src/core/warnings/warningRules.ts';
import { DAY, HOUR, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { checkedKey, RULES } from '../../support/warnings.ts';

/** Wednesday, 17 June 2026, noon. */
const NOON = Date.parse('2026-06-17T12:00:00Z');
const LIMIT: SpendingLimit = { scope: { of: 'currency' }, period: 'day', amount: 10, unit: { code: 'USD' } };

function subject(
  id: string,
  today: number | undefined,
  more: Partial<WarningSubject> = {},
  key: Partial<KeyState> = {},
): WarningSubject {
  const spend: KeySpend | undefined =
    today === undefined
      ? undefined
      : {
          today,
          week: today,
          calendarWeek: today,
          month: today,
          since: '2026-06-01T00:00:00.000Z',
          complete: true,
          days: [today],
        };
  return {
    key: checkedKey(NOON, { id, label: id, spend, ...key }),
    staleAfterMs: HOUR,
    fingerprint: 'f',
    ...more,
  };
}

describe('warnings about a limit for all keys of a currency', () => {
  useTimeZone('UTC');
  const marks = new Map<string, Map<string, string>>();

  /** Judges, takes the marks of what is due, and returns it as `threshold of key among keys`. */
  function look(
    subjects: readonly WarningSubject[],
    {
      now = NOON,
      rules = RULES,
      limits = [LIMIT],
    }: { now?: number; rules?: WarningRules; limits?: SpendingLimit[] } = {},
  ): string[] {
    const { due, markChanges } = evaluateCurrencyLimits(limits, subjects, marks, rules, now);
    for (const { keyId, name, mark } of [...markChanges, ...due.flatMap(({ firedMarks }) => firedMarks)]) {
      const ofKey = marks.get(keyId) ?? new Map<string, string>();
      marks.set(keyId, ofKey);
      if (mark === undefined) ofKey.delete(name);
      else ofKey.set(name, mark);
    }
    return due.map(
      ({ warning: { threshold, key, keyIds } }) => `${threshold} of ${key.id} among ${keyIds?.join()}`,
    );
  }

  beforeEach(() => marks.clear());

  it('come when all together have spent so much, and name the key that spent the most', () => {
    assert.deepEqual(look([subject('a', 2), subject('b', 5.99)]), []);
    assert.deepEqual(look([subject('a', 2), subject('b', 6)]), ['20 of b among b,a']);
    assert.deepEqual(look([subject('a', 5), subject('b', 5)]), ['0 of a among a,b']);
    assert.deepEqual(look([subject('a', 50), subject('b', 5)]), []);
  });

  it('tell how much of the limit is spent, and that a part is missing', () => {
    const subjects = [subject('a', 9), subject('b', undefined)];
    const [due] = evaluateCurrencyLimits([LIMIT], subjects, marks, RULES, NOON).due;
    assert.deepEqual(due?.warning.limit, {
      ...{ period: 'day', limit: 10, unit: { code: 'USD' }, spent: 9, complete: false },
      resetsAt: '2026-06-18T00:00:00.000Z',
    });
    assert.deepEqual([due.warning.severity, due.warning.urgent], ['warning', false]);
    assert.deepEqual(due.warning.keyIds, ['a'], 'nothing is known of b, which is not snoozed with it');
  });

  it('are urgent once the limit is reached', () => {
    const { due } = evaluateCurrencyLimits([LIMIT], [subject('a', 10)], marks, RULES, NOON);
    assert.deepEqual(
      due.map(({ warning: { severity, urgent } }) => [severity, urgent]),
      [['error', true]],
    );
  });

  it('do not take the marks of one currency or period for those of another', () => {
    const limits: SpendingLimit[] = [LIMIT, { ...LIMIT, period: 'month', amount: 9 }];
    assert.deepEqual(look([subject('a', 8.5)], { limits }), ['20 of a among a', '20 of a among a']);
    assert.deepEqual(look([subject('a', 9.5)], { limits }), ['0 of a among a']);
    assert.deepEqual(look([subject('a', 9.5)], { limits }), []);
  });

  it('count the keys of that currency alone', () => {
    const yuan = { reading: { ...reading(), unit: { code: 'CNY', source: 'gateway' } as const } };
    assert.deepEqual(look([subject('a', 7), subject('b', 90, {}, yuan)]), []);
    assert.deepEqual(look([subject('a', 8), subject('b', 90, {}, yuan)]), ['20 of a among a']);
  });

  it('are not said again when a key that counted is removed, or one is added', () => {
    assert.deepEqual(look([subject('a', 2), subject('b', 7)]), ['20 of b among b,a']);
    assert.deepEqual(look([subject('a', 8.5)]), []);
    assert.deepEqual(look([subject('c', 9), subject('a', 0.2)]), []);
  });

  it('are said again in the next period', () => {
    assert.deepEqual(look([subject('a', 9)]), ['20 of a among a']);
    assert.deepEqual(look([subject('a', 9)], { now: NOON + DAY }), ['20 of a among a']);
    assert.deepEqual(look([subject('a', 9)], { now: NOON + DAY }), []);
  });

  it('go by the newest mark, where a key that was away has an old one', () => {
    const [away, b] = [subject('away', 0.5), subject('b', 9)];
    look([away, b]);
    assert.deepEqual(look([subject('b', 9)], { now: NOON + DAY }), ['20 of b among b']);
    assert.deepEqual(look([away, b], { now: NOON + DAY }), []);
    assert.deepEqual(look([subject('b', 0.5), subject('away', 9)], { now: NOON + DAY }), []);
  });

  it('are muted where each of its keys is, and not where only some are', () => {
    const snoozed = { snooze: { since: NOON, lastsMs: HOUR } };
    const off = { ownRules: { off: ['limit'] as const } };
    assert.deepEqual(look([subject('a', 5, snoozed), subject('b', 4, off)]), []);
    assert.deepEqual(look([subject('a', 5, snoozed), subject('b', 4)]), ['20 of a among a,b']);
  });

  it('are none where the user wants none of this kind', () => {
    const rules = { ...RULES, kinds: new Set([...RULES.kinds].filter(kind => kind !== 'limit')) };
    assert.deepEqual(look([subject('a', 9)], { rules }), []);
  });

  it('are none of limits of keys, which are judged with their key', () => {
    const ofKey: SpendingLimit = { ...LIMIT, scope: { of: 'key', keyId: 'a' } };
    assert.deepEqual(look([subject('a', 9)], { limits: [ofKey] }), []);
  });

  it('are none while nothing is known of any spend', () => {
    assert.deepEqual(look([subject('a', undefined)]), []);
  });
});
