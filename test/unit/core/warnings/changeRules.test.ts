import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { WARNING_KINDS } from '../../../../src/core/warnings/warning.ts';
import { at, DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';
import { checkedKey, keyWith, RULES, WarningMemory } from '../../support/warnings.ts';

describe('news of refills', () => {
  const loud = { ...RULES, kinds: new Set(WARNING_KINDS) };
  const budget = (spent: number, resetsAt: string, now: number) =>
    checkedKey(now, { reading: reading({ budget: { spent, limit: 10, resetsAt } }) });

  it('stay quiet as long as nobody asked for them, and keep nothing', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [keyWith(30, NOW)]);
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [keyWith(90, NOW + MINUTE)]), []);
    assert.equal(memory.marks.get('id-1')?.size ?? 0, 0);
  });

  it('tell a top-up from spend, a refund and rounding', () => {
    const memory = new WarningMemory();
    const look = (minute: number, remaining: number, used: number) => {
      const now = NOW + minute * MINUTE;
      const figures = { unlimited: false, remaining, used, granted: remaining + used };
      return memory.evaluate(now, [checkedKey(now, { reading: reading({ quota: figures }) })], loud);
    };
    assert.deepEqual(look(0, 30, 70), []);
    assert.deepEqual(look(1, 28, 72), [], 'spend');
    assert.deepEqual(look(2, 38, 62), [], 'a refund');
    assert.deepEqual(look(3, 30, 62), [], 'a cache that lags');
    assert.deepEqual(look(4, 30, 70), [], 'and catches up');
    assert.deepEqual(look(5, 80, 70), ['refill 0']);
    const told = memory.shown.at(-1)?.warning;
    assert.deepEqual([told?.refill, told?.urgent], [{ what: 'topUp', amount: 50 }, false]);
    assert.deepEqual(look(6, 80, 70), []);
    assert.deepEqual([look(7, 160, 70), look(90, 240, 70)], [[], ['refill 0']], 'once an hour');
  });

  it('tell of a budget that is reset', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [budget(9, at(HOUR), NOW)], loud);
    const later = NOW + 2 * HOUR;
    assert.deepEqual(memory.evaluate(later, [budget(0.1, at(31 * DAY), later)], loud), ['refill 0']);
    assert.deepEqual(memory.shown.at(-1)?.warning.refill, { what: 'reset' });
    assert.deepEqual(memory.evaluate(later + MINUTE, [budget(0.2, at(31 * DAY), later + MINUTE)], loud), []);
  });
});

describe('what counts as a refill', () => {
  const loud = { ...RULES, kinds: new Set(WARNING_KINDS) };
  type Figures = Parameters<typeof reading>[0];
  /** What is told of a second look, five minutes after the first. */
  const second = (first: Figures, then: Figures, series: readonly [number?, number?] = []) => {
    const memory = new WarningMemory();
    const look = (now: number, more: Figures, number: number | undefined) =>
      memory.evaluate(
        now,
        [{ key: checkedKey(now, { reading: reading(more) }), fingerprint: 'f1', series: number }],
        loud,
      );
    look(NOW, first, series[0]);
    look(NOW + 5 * MINUTE, then, series[1]);
    return memory.shown.find(({ warning }) => warning.kind === 'refill')?.warning.refill;
  };
  const left = (remaining: number): Figures => ({ quota: { unlimited: false, remaining } });

  it('is a balance that grew by a twentieth of what is there then', () => {
    assert.deepEqual(second(left(95), left(100)), { what: 'topUp', amount: 5 });
    assert.equal(second(left(95.01), left(100)), undefined);
    assert.equal(second(left(100), left(50)), undefined);
    assert.equal(second(left(0), left(0)), undefined);
  });

  it('is not told of figures in another unit, of another part or of another series', () => {
    assert.equal(second(left(10), { ...left(100), unit: { code: 'CNY', source: 'gateway' } }), undefined);
    assert.equal(second(left(10), { account: { balance: 100 } }), undefined);
    assert.equal(second(left(10), left(100), [1, 2]), undefined);
    assert.deepEqual(second(left(10), left(100), [1, 1]), { what: 'topUp', amount: 90 });
  });

  it('is a budget whose end moved by more than a minute, with as much more in it', () => {
    const budget = (spent: number, resetsAt?: string): Figures => ({
      budget: { spent, limit: 10, resetsAt },
    });
    assert.deepEqual(second(budget(9, at(HOUR)), budget(0, at(DAY))), { what: 'reset' });
    assert.equal(second(budget(9, at(HOUR)), budget(0, at(HOUR + MINUTE))), undefined);
    assert.equal(second(budget(9, at(HOUR)), budget(0)), undefined);
    assert.equal(second(budget(9), budget(0, at(DAY))), undefined);
    // 9.5 are left, a twentieth of which is 0.475.
    assert.equal(second(budget(0.9, at(HOUR)), budget(0.5, at(DAY))), undefined);
    assert.deepEqual(second(budget(0.98, at(HOUR)), budget(0.5, at(DAY))), { what: 'reset' });
  });

  /** What is told of the last of some looks, five minutes apart. */
  const last = (...looks: readonly Figures[]) => {
    const memory = new WarningMemory();
    for (const [index, more] of looks.entries()) {
      const now = NOW + index * 5 * MINUTE;
      if (index === looks.length - 1) memory.shown.length = 0;
      memory.evaluate(now, [checkedKey(now, { reading: reading(more) })], loud);
    }
    return memory.shown.find(({ warning }) => warning.kind === 'refill')?.warning.refill;
  };
  const leftAndUsed = (remaining: number, used: number): Figures => ({
    quota: { unlimited: false, remaining, used },
  });

  it('is measured from a total that was cut below a half, and not from a dip to the half', () => {
    assert.deepEqual(last(leftAndUsed(30, 70), leftAndUsed(10, 30), leftAndUsed(30, 30)), {
      what: 'topUp',
      amount: 20,
    });
    assert.equal(last(leftAndUsed(30, 70), leftAndUsed(20, 30), leftAndUsed(40, 30)), undefined);
  });

  it('is what is left more where one of two looks does not tell what was used', () => {
    assert.deepEqual(last(left(30), leftAndUsed(80, 20)), { what: 'topUp', amount: 50 });
    assert.deepEqual(last(leftAndUsed(30, 70), left(80)), { what: 'topUp', amount: 50 });
    assert.equal(last(left(30), leftAndUsed(30, 70), leftAndUsed(30, 70)), undefined);
    assert.equal(last(leftAndUsed(30, 70), left(30), leftAndUsed(30, 70)), undefined);
  });

  it('is a budget that has a twentieth more, exactly', () => {
    const budget = (spent: number, resetsAt: string): Figures => ({ budget: { spent, limit: 10, resetsAt } });
    // 10 are left, a twentieth of which is 0.5.
    assert.deepEqual(second(budget(0.5, at(HOUR)), budget(0, at(DAY))), { what: 'reset' });
    assert.equal(second(budget(0.49, at(HOUR)), budget(0, at(DAY))), undefined);
  });

  it('is not told from figures that are old, and is once they are read again', () => {
    const memory = new WarningMemory();
    const look = (now: number, readAt: number, remaining: number) =>
      memory.evaluate(now, [checkedKey(readAt, { reading: reading(left(remaining)) })], loud);
    look(NOW, NOW, 30);
    assert.deepEqual(look(NOW + DAY, NOW + 5 * MINUTE, 80), []);
    assert.deepEqual(look(NOW + DAY, NOW + DAY, 80), ['refill 0']);
  });

  it('is told again an hour after the last one, not before', () => {
    const memory = new WarningMemory();
    const look = (minute: number, remaining: number) => {
      const now = NOW + minute * MINUTE;
      return memory.evaluate(now, [checkedKey(now, { reading: reading(left(remaining)) })], loud);
    };
    look(0, 10);
    assert.deepEqual([look(5, 20), look(64, 40), look(65, 80)], [['refill 0'], [], ['refill 0']]);
  });

  it('is none of a key without a limit, nor where what was kept cannot be read', () => {
    assert.equal(
      last({ quota: { unlimited: true, used: 1 } }, { quota: { unlimited: true, used: 0 } }),
      undefined,
    );
    const memory = new WarningMemory();
    const look = (now: number) =>
      memory.evaluate(now, [checkedKey(now, { reading: reading(left(30)) })], loud);
    look(NOW);
    const marks = memory.marks.get('id-1');
    const { scale } = JSON.parse(marks?.get('refill') ?? '');
    for (const [index, kept] of [{ scale, remaining: '5' }, { scale }, null, 7].entries()) {
      marks?.set('refill', JSON.stringify(kept));
      assert.deepEqual(look(NOW + (index + 1) * MINUTE), [], JSON.stringify(kept));
      assert.equal(JSON.parse(marks?.get('refill') ?? '').remaining, 30);
    }
  });
});
