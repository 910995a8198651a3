import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { checkedKey, endingKey, keyWith, RULES, WarningMemory } from '../../support/warnings.ts';

const SECOND = 1000;

describe('warnings about an end', () => {
  it('come 7, 3 and 1 day before it, and when it is there', () => {
    const memory = new WarningMemory();
    const said: [number, string[]][] = [];
    for (let hour = 0; hour <= 10 * 24; hour++) {
      const now = NOW + hour * HOUR;
      const warnings = memory.evaluate(now, [endingKey(9 * DAY, now)]);
      if (warnings.length > 0) said.push([hour / 24, warnings]);
    }
    assert.deepEqual(said, [
      [2, ['expiry 7']],
      [6, ['expiry 3']],
      [8, ['expiry 1']],
      [9, ['expiry 0']],
    ]);
    assert.deepEqual(
      memory.shown.map(({ warning }) => [warning.severity, warning.urgent]),
      [
        ['info', false],
        ['warning', false],
        ['warning', false],
        ['error', true],
      ],
    );
  });

  it('are only news more than three days before it', () => {
    const memory = new WarningMemory();
    const rules = { ...RULES, expiryDays: [4] };
    assert.deepEqual(memory.evaluate(NOW, [endingKey(4 * DAY, NOW)], rules), ['expiry 4']);
    assert.equal(memory.shown[0]?.warning.severity, 'info');
  });

  it('do not come again after an answer without it, which is not one that it never ends', () => {
    const memory = new WarningMemory();
    const plan = { expiresAt: at(5 * DAY) };
    const ending = { reading: reading({ expiresAt: at(2 * DAY), plan }) };
    assert.deepEqual(memory.evaluate(NOW, [checkedKey(NOW, ending)]), ['expiry 3', 'plan 7']);
    const later = NOW + 2 * HOUR;
    assert.deepEqual(memory.evaluate(later, [checkedKey(later, { reading: reading() })]), []);
    assert.deepEqual(memory.evaluate(later, [checkedKey(later, ending)]), []);
  });

  it('are armed again by another end, but not by one that is counted again from each answer', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [endingKey(2 * DAY, NOW)]), ['expiry 3']);
    assert.deepEqual(memory.evaluate(NOW, [endingKey(2 * DAY + 20 * SECOND, NOW)]), []);
    assert.deepEqual(memory.evaluate(NOW, [endingKey(40 * DAY, NOW)]), []);
    assert.deepEqual(memory.evaluate(NOW + 38 * DAY, [endingKey(40 * DAY, NOW + 38 * DAY)]), ['expiry 3']);
    assert.deepEqual(memory.evaluate(NOW + 38 * DAY, [endingKey(39 * DAY, NOW + 38 * DAY)]), ['expiry 1']);
  });

  it('are armed again when a key is made to never end', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [endingKey(2 * DAY, NOW)]);
    memory.evaluate(NOW, [keyWith(90, NOW)]);
    assert.deepEqual(memory.evaluate(NOW, [endingKey(2 * DAY, NOW)]), ['expiry 3']);
  });

  it('hold though checks fail, but not when none was made since the clock leapt', () => {
    const memory = new WarningMemory();
    const later = NOW + 6 * DAY;
    const failure = { class: 'transient', message: 'Away.' };
    assert.deepEqual(memory.evaluate(later, [endingKey(8 * DAY, NOW)]), []);
    assert.deepEqual(
      memory.evaluate(later, [endingKey(8 * DAY, NOW, { failure })]),
      [],
      'it failed before the leap',
    );
    const checkedAt = new Date(later).toISOString();
    assert.deepEqual(memory.evaluate(later, [endingKey(8 * DAY, NOW, { failure, checkedAt })]), ['expiry 3']);
  });

  it('take the gateway’s word for expired', () => {
    const failure = { class: 'expired', message: 'Expired.' };
    const memory = new WarningMemory();
    const key = (now: number) => ({ ...keyWith(90, now, { failure }), reading: undefined });
    assert.deepEqual(memory.evaluate(NOW, [key(NOW)]), ['expiry 0']);
    assert.deepEqual(memory.evaluate(NOW + DAY, [key(NOW + DAY)]), []);
    memory.evaluate(NOW + 2 * DAY, [keyWith(90, NOW + 2 * DAY)]);
    assert.deepEqual(
      memory.evaluate(NOW + 3 * DAY, [key(NOW + 3 * DAY)]),
      ['expiry 0'],
      'it never ended meanwhile',
    );
    const dated = endingKey(10 * MINUTE, NOW, { id: 'dated', failure });
    assert.deepEqual(memory.evaluate(NOW, [dated]), ['expiry 0']);
    assert.deepEqual(memory.evaluate(NOW + HOUR, [dated]), [], 'by our clock it ends now');
  });

  it('tell of an ended key nothing else', () => {
    const memory = new WarningMemory();
    const ended = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), expiresAt: at(-HOUR) }) });
    assert.deepEqual(memory.evaluate(NOW, [ended]), ['expiry 0']);
    const gone = endingKey(-HOUR, NOW, { id: 'gone', failure: { class: 'bad-key', message: 'No.' } });
    assert.deepEqual(memory.evaluate(NOW, [gone]), ['expiry 0']);
  });

  it('speak of the plan when that is what ends', () => {
    const memory = new WarningMemory();
    const planned = (ends: string, more = {}) =>
      checkedKey(NOW, { reading: reading({ plan: { name: 'pro', expiresAt: ends }, ...more }) });
    assert.deepEqual(memory.evaluate(NOW, [planned(at(2 * DAY))]), ['plan 3']);
    assert.deepEqual(memory.evaluate(NOW, [planned(at(2 * DAY))]), []);
    assert.deepEqual(memory.evaluate(NOW, [planned(at(-MINUTE))]), ['plan 0']);
    const both = { ...planned(at(2 * DAY), { expiresAt: at(2 * DAY) }), id: 'both' };
    assert.deepEqual(memory.evaluate(NOW, [both]), ['expiry 3'], 'the same end is one warning');
    const apart = { ...planned(at(2 * DAY), { expiresAt: at(40 * DAY) }), id: 'apart' };
    assert.deepEqual(memory.evaluate(NOW, [apart]), ['plan 3']);
  });

  it('tell of a key whose plan has ended nothing else', () => {
    const plan = { name: 'pro', expiresAt: at(-HOUR) };
    const ended = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), plan }) });
    assert.deepEqual(new WarningMemory().evaluate(NOW, [ended]), ['plan 0']);
  });

  it('count a plan’s end as the key’s own where both are one, from the first of the two', () => {
    const both = checkedKey(NOW, {
      status: 'expired',
      reading: reading({ expiresAt: at(MINUTE), plan: { expiresAt: at(-MINUTE) } }),
    });
    assert.deepEqual(new WarningMemory().evaluate(NOW, [both]), ['expiry 0']);
    const turned = checkedKey(NOW, {
      status: 'expired',
      reading: reading({ expiresAt: at(-MINUTE), plan: { expiresAt: at(MINUTE) } }),
    });
    assert.deepEqual(new WarningMemory().evaluate(NOW, [turned]), ['expiry 0']);
  });

  it('wait for the gateway where a plan ended beside money, which may pay on', () => {
    const figures = { plan: { expiresAt: at(-MINUTE) }, account: { balance: 0.1 } };
    const memory = new WarningMemory();
    const before = checkedKey(NOW - 2 * MINUTE, { status: 'stale', reading: reading(figures) });
    assert.deepEqual(memory.evaluate(NOW, [before]), []);
    const ending = { ...before, id: 'ending', reading: reading({ ...figures, expiresAt: at(2 * DAY) }) };
    assert.deepEqual(memory.evaluate(NOW, [ending]), ['expiry 3'], 'its own end is not in doubt');
    const after = checkedKey(NOW, { status: 'expired', reading: reading(figures) });
    assert.deepEqual(memory.evaluate(NOW, [after]), ['plan 0']);
  });

  it('of a plan do not come after a leap of the clock before the gateway was asked', () => {
    const memory = new WarningMemory();
    const planned = (now: number) =>
      checkedKey(now, { reading: reading({ plan: { name: 'pro', expiresAt: at(8 * DAY) } }) });
    assert.deepEqual(memory.evaluate(NOW + 6 * DAY, [planned(NOW)]), []);
    assert.deepEqual(memory.evaluate(NOW + 6 * DAY, [planned(NOW + 6 * DAY)]), ['plan 3']);
  });
});
