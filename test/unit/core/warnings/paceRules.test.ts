import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DAY, HOUR, NOW, quota, reading } from '../../support/samples.ts';
import { checkedKey, RULES, WarningMemory } from '../../support/warnings.ts';

describe('warnings about pace', () => {
  const foreseen = (hours: number | undefined, confidence: 'low' | 'fair' | 'good', now = NOW) =>
    checkedKey(now, {
      forecast: {
        perDay: 9,
        confidence,
        lastsUntil: hours === undefined ? undefined : new Date(now + hours * HOUR).toISOString(),
      },
    });

  it('come when a key will run out within a day, as far as that is known', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [foreseen(30, 'good'), { ...foreseen(5, 'low'), id: 'b' }]), []);
    assert.deepEqual(memory.evaluate(NOW, [foreseen(23, 'fair')]), ['forecast 0']);
    assert.deepEqual(memory.evaluate(NOW + 2 * HOUR, [foreseen(30, 'fair', NOW + 2 * HOUR)]), []);
    assert.deepEqual(
      memory.evaluate(NOW + 3 * HOUR, [foreseen(20, 'fair', NOW + 3 * HOUR)]),
      [],
      'it wavers',
    );
    assert.deepEqual(memory.evaluate(NOW + 5 * HOUR, [foreseen(undefined, 'good', NOW + 5 * HOUR)]), []);
    assert.deepEqual(memory.evaluate(NOW + 6 * HOUR, [foreseen(20, 'good', NOW + 6 * HOUR)]), ['forecast 0']);
  });

  it('come for a day exactly, and again only after a look at more than a day and a half', () => {
    const memory = new WarningMemory();
    const look = (hour: number, lasts: number) =>
      memory.evaluate(NOW + hour * HOUR, [foreseen(lasts, 'good', NOW + hour * HOUR)]);
    assert.deepEqual([look(0, 24), look(2, 36), look(4, 20)], [['forecast 0'], [], []]);
    assert.deepEqual([look(6, 36.01), look(8, 20)], [[], ['forecast 0']]);
  });

  it('do not come from a forecast made before a sleep', () => {
    assert.deepEqual(new WarningMemory().evaluate(NOW + DAY, [foreseen(30, 'good')]), []);
  });

  it('come when a day’s spend is far above the ordinary, once a day', () => {
    const memory = new WarningMemory();
    const look = (today: number, now: number, normal = 2) =>
      memory.evaluate(now, [{ key: checkedKey(now), fingerprint: 'f1', spend: { today, normal } }]);
    assert.deepEqual(look(5.9, NOW), []);
    assert.deepEqual(look(6, NOW), ['spend 0']);
    assert.deepEqual(memory.shown[0]?.warning.spend, { today: 6, normal: 2 });
    assert.deepEqual(look(60, NOW + HOUR), []);
    assert.deepEqual(look(7, NOW + DAY), ['spend 0']);
    assert.deepEqual(look(8, NOW + DAY - 2 * HOUR), [], 'a clock that goes back to the day before');
  });

  it('of spend do not come twice in a day that is long', () => {
    const memory = new WarningMemory();
    const hourOfDay = (hour: number) => new Date(NOW).setHours(hour, 0, 0, 0);
    const look = (now: number) =>
      memory.evaluate(now, [{ key: checkedKey(now), fingerprint: 'f1', spend: { today: 9, normal: 1 } }]);
    assert.deepEqual([look(hourOfDay(1)), look(hourOfDay(23))], [['spend 0'], []]);
  });

  it('of spend come on the next day once twenty hours have passed', () => {
    const hourOfDay = (hour: number) => new Date(NOW).setHours(hour, 0, 0, 0);
    const both = (first: number, second: number) => {
      const memory = new WarningMemory();
      return [first, second].map(
        hour =>
          memory.evaluate(hourOfDay(hour), [
            { key: checkedKey(hourOfDay(hour)), fingerprint: 'f1', spend: { today: 9, normal: 1 } },
          ]).length,
      );
    };
    assert.deepEqual(both(5, 25), [1, 1]);
    assert.deepEqual(both(6, 25), [1, 0]);
    assert.deepEqual(both(3, 23), [1, 0]);
  });

  it('leave small sums alone, also for a key that is seldom used', () => {
    const memory = new WarningMemory();
    const look = (today: number, id: string) =>
      memory.evaluate(NOW, [
        { key: checkedKey(NOW, { id }), fingerprint: 'f1', spend: { today, normal: 0 } },
      ]);
    assert.deepEqual([look(0.9, 'a'), look(1, 'b')], [[], ['spend 0']]);
  });
});

describe('spend that is warned about', () => {
  const spent = (today: number, normal: number, more: Parameters<typeof reading>[0], factor = 3) =>
    new WarningMemory().evaluate(
      NOW,
      [{ key: checkedKey(NOW, { reading: reading(more) }), fingerprint: 'f1', spend: { today, normal } }],
      { ...RULES, spendFactor: factor },
    ).length > 0;
  const dollars = { quota: quota(15, 20) };
  const tokens = { unit: { code: 'TOKENS', source: 'gateway' }, quota: quota(1000, 2000) } as const;

  it('is so many times an ordinary day, and no less than the smallest amount of its unit', () => {
    assert.equal(spent(3, 1, dollars), true);
    assert.equal(spent(2.99, 1, dollars), false);
    assert.equal(spent(0.99, 0.1, dollars), false);
    assert.equal(spent(1, 0.1, dollars), true);
    // A twentieth of this total would be 2.
    assert.equal(spent(1, 0.1, { quota: quota(15, 40) }), true);
  });

  it('is a twentieth of the total where the unit has no smallest amount', () => {
    assert.equal(spent(100, 1, tokens), true);
    assert.equal(spent(99, 1, tokens), false);
  });

  it('is any more than usual where there is no total, and none where nothing is usual', () => {
    const open = { ...tokens, quota: { unlimited: true } };
    assert.equal(spent(3, 1, open), true);
    assert.equal(spent(500, 0, open), false);
  });

  it('is none where nobody wants to hear of it', () => assert.equal(spent(500, 1, dollars, 0), false));
});
