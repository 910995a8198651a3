import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { checkedKey, endingKey, keyWith, WarningMemory } from '../../support/warnings.ts';

describe('clocks that leap', () => {
  it('an hour back repeats nothing, and holds nothing back for long', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [endingKey(3 * DAY, NOW)]), ['expiry 3']);
    assert.deepEqual(memory.evaluate(NOW - HOUR, [endingKey(3 * DAY, NOW - HOUR)]), []);
    assert.deepEqual(memory.evaluate(NOW, [endingKey(3 * DAY, NOW)]), []);

    const low = (percent: number, now: number) =>
      memory.evaluate(now, [keyWith(percent, now, { id: 'low' })]);
    assert.deepEqual(low(4, NOW), ['low 5']);
    assert.deepEqual([low(4, NOW - HOUR), low(60, NOW - HOUR + MINUTE)], [[], []]);
    assert.deepEqual(low(4, NOW - 30 * MINUTE), [], 'half an hour after the warning');
    assert.deepEqual(low(4, NOW + 2 * MINUTE), ['low 5'], 'an hour after it');
  });

  it('a day ahead warns of nothing before the gateway was asked again', () => {
    const memory = new WarningMemory();
    const keys = (now: number) => [
      endingKey(3.5 * DAY, now),
      keyWith(10, now, { id: 'b' }),
      endingKey(0.5 * DAY, now, { id: 'c' }),
    ];
    memory.evaluate(NOW, keys(NOW));
    const before = memory.shown.length;
    assert.deepEqual(memory.evaluate(NOW + DAY, keys(NOW)), []);
    assert.deepEqual(memory.evaluate(NOW + DAY, keys(NOW + DAY)), ['expiry 3', 'expiry 0']);
    assert.deepEqual(memory.evaluate(NOW, keys(NOW)), [], 'and back');
    assert.deepEqual(memory.evaluate(NOW + DAY, keys(NOW + DAY)), [], 'when the day really comes');
    assert.equal(memory.shown.length, before + 2);
  });

  it('another time zone repeats nothing', () => {
    const zone = process.env.TZ;
    try {
      const memory = new WarningMemory();
      const subject = (now: number) => ({
        key: checkedKey(now, { reading: reading({ quota: quota(3, 20), expiresAt: at(2 * DAY) }) }),
        fingerprint: 'f1',
        spend: { today: 9, normal: 1 },
      });
      process.env.TZ = 'America/Los_Angeles';
      assert.equal(memory.evaluate(NOW - MINUTE, [subject(NOW - MINUTE)]).length, 3);
      // In Auckland it was midnight in between.
      for (const other of ['Asia/Tokyo', 'Pacific/Auckland', 'Pacific/Pago_Pago', 'UTC']) {
        process.env.TZ = other;
        assert.deepEqual(memory.evaluate(NOW + 2 * HOUR, [subject(NOW + 2 * HOUR)]), [], other);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
