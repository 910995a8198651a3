import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { WARNING_KINDS } from '../../../../src/core/warnings/warning.ts';
import { at, DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';
import { checkedKey, keyWith, Memory, RULES } from '../../support/warnings.ts';

describe('news of refills', () => {
  const loud = { ...RULES, kinds: new Set(WARNING_KINDS) };
  const budget = (spent: number, resetsAt: string, now: number) =>
    checkedKey(now, { reading: reading({ budget: { spent, limit: 10, resetsAt } }) });

  it('stay quiet as long as nobody asked for them, and keep nothing', () => {
    const memory = new Memory();
    memory.look(NOW, [keyWith(30, NOW)]);
    assert.deepEqual(memory.look(NOW + MINUTE, [keyWith(90, NOW + MINUTE)]), []);
    assert.equal(memory.marks.get('id-1')?.size ?? 0, 0);
  });

  it('tell a top-up from spend, a refund and rounding', () => {
    const memory = new Memory();
    const look = (minute: number, remaining: number, used: number) => {
      const now = NOW + minute * MINUTE;
      const figures = { unlimited: false, remaining, used, granted: remaining + used };
      return memory.look(now, [checkedKey(now, { reading: reading({ quota: figures }) })], loud);
    };
    assert.deepEqual(look(0, 30, 70), []);
    assert.deepEqual(look(1, 28, 72), [], 'spend');
    assert.deepEqual(look(2, 38, 62), [], 'a refund');
    assert.deepEqual(look(3, 30, 62), [], 'a cache that lags');
    assert.deepEqual(look(4, 30, 70), [], 'and catches up');
    assert.deepEqual(look(5, 80, 70), ['refill 0']);
    assert.deepEqual(memory.shown.at(-1)?.warning.refill, { what: 'topUp', amount: 50 });
    assert.deepEqual(look(6, 80, 70), []);
    assert.deepEqual([look(7, 160, 70), look(90, 240, 70)], [[], ['refill 0']], 'once an hour');
  });

  it('tell of a budget that begins anew', () => {
    const memory = new Memory();
    memory.look(NOW, [budget(9, at(HOUR), NOW)], loud);
    const later = NOW + 2 * HOUR;
    assert.deepEqual(memory.look(later, [budget(0.1, at(31 * DAY), later)], loud), ['refill 0']);
    assert.deepEqual(memory.shown.at(-1)?.warning.refill, { what: 'reset' });
    assert.deepEqual(memory.look(later + MINUTE, [budget(0.2, at(31 * DAY), later + MINUTE)], loud), []);
  });
});

describe('what counts as a refill', () => {
  const loud = { ...RULES, kinds: new Set(WARNING_KINDS) };
  type Figures = Parameters<typeof reading>[0];
  /** What is told of a second look, five minutes after the first. */
  const second = (first: Figures, then: Figures, series: readonly [number?, number?] = []) => {
    const memory = new Memory();
    const look = (now: number, more: Figures, number: number | undefined) =>
      memory.look(
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
});
