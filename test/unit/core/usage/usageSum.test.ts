import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { UsageSumEntry } from '../../../../src/core/usage/usageLine.ts';
import { timelineStepFor } from '../../../../src/core/usage/usageReport.ts';
import { MAX_CELLS, UsageSum } from '../../../../src/core/usage/usageSum.ts';
import { forAll } from '../../support/forAll.ts';

const entry: fc.Arbitrary<UsageSumEntry> = fc.record({
  day: fc.integer({ min: 10, max: 28 }).map(date => `2026-06-${date}`),
  hour: fc.integer({ min: 0, max: 23 }),
  key: fc.constantFrom('', 'alpha', 'beta'),
  model: fc.constantFrom('gpt-4.1', 'claude', 'ümlaut\nline'),
  raw: fc.integer({ min: -5_000_000, max: 2_000_000_000 }),
  requests: fc.integer({ min: 0, max: 9 }),
  tokens: fc.integer({ min: 0, max: 90_000 }),
});

function tallyOf(entries: readonly UsageSumEntry[], step: 'day' | 'hour' = 'day'): UsageSum {
  const tally = new UsageSum(step);
  for (const each of entries) tally.add(each);
  return tally;
}

const sum = (rows: readonly { readonly used: number }[]) => rows.reduce((total, { used }) => total + used, 0);
const same = (a: number, b: number) => Math.abs(a - b) < 5e-7;

describe('a usage sum', () => {
  it('adds up to the same total by day, key, model and cell, to six decimals', () => {
    forAll(fc.array(entry, { maxLength: 200 }), entries => {
      const tally = tallyOf(entries, 'hour');
      const perUnit = 500_000 / 7.3;
      const total = entries.reduce((all, { raw }) => all + raw, 0) / perUnit;
      const parts = (['day', 'key', 'model'] as const).map(part => sum(tally.rows(part, perUnit)));
      return [...parts, sum(tally.timeline(perUnit).cells), tally.total(perUnit).used].every(each =>
        same(each, total),
      );
    });
  });

  it('keeps its sums, and not all names, where each row names another model', function () {
    this.timeout(120_000);
    const tally = new UsageSum('hour');
    const rows = MAX_CELLS + 50_000;
    for (let row = 0; row < rows; row++) {
      const [day, hour] = ['2026-06-15', row % 24];
      tally.add({ day, hour, key: 'k', model: `model ${row}`, raw: 500, requests: 1, tokens: 2 });
    }
    assert.deepEqual(tally.total(500), { used: rows, requests: rows, tokens: 2 * rows });
    const models = tally.rows('model', 500);
    assert.deepEqual(models[0], { name: '…', used: 50_000, requests: 50_000, tokens: 100_000 });
    assert.equal(models.length, MAX_CELLS + 1);
    assert.equal(tally.timeline(500).cells.length, MAX_CELLS + 24);
    // Spend without a key stays so.
    tally.add({ day: '2026-06-15', hour: 0, key: '', model: 'm', raw: 500, requests: 1, tokens: 2 });
    assert.deepEqual(
      tally.rows('key', 500).map(({ name, used }) => [name, used]),
      [
        ['k', MAX_CELLS],
        ['…', 50_000],
        ['', 1],
      ],
    );
  });

  it('gives for a range split anywhere what it gives for the whole', () => {
    forAll(fc.tuple(fc.array(entry, { maxLength: 80 }), fc.nat(80)), ([entries, at]) => {
      const whole = tallyOf(entries).total(500_000).used;
      const halves =
        tallyOf(entries.slice(0, at)).total(500_000).used + tallyOf(entries.slice(at)).total(500_000).used;
      return same(whole, halves);
    });
  });

  it('is the same where whole days are added at once, in any order and however often', () => {
    const days = fc.array(fc.array(entry, { maxLength: 12 }), { maxLength: 6 });
    forAll(fc.tuple(days, fc.array(entry, { maxLength: 20 })), ([lines, others]) => {
      const [whole, single] = [new UsageSum(), new UsageSum()];
      for (const line of lines) {
        const [{ key, model } = { key: '', model: '' }] = line;
        whole.addDays(key, model, line);
        for (const each of line) single.add({ ...each, key, model });
        for (const each of others) for (const sum of [whole, single]) sum.add(each);
      }
      const all = (sum: UsageSum) => [
        sum.total(100),
        ...(['day', 'key', 'model'] as const).map(part => sum.rows(part, 100)),
        sum.timeline(100),
      ];
      assert.deepEqual(all(whole), all(single));
      return true;
    });
  });

  it('has a day twice that came with whole days and alone', () => {
    const sum = new UsageSum();
    const day = (date: number, raw: number) => ({
      ...{ day: `2026-06-0${date}`, raw, requests: 1 },
      tokens: date === 2 ? undefined : 10,
    });
    sum.addDays('', 'm', [day(1, 100), day(2, 200)]);
    sum.add({ ...day(3, 400), key: '', model: 'm' });
    sum.add({ ...day(1, 800), key: '', model: 'm' });
    assert.deepEqual(sum.timeline(100).cells, [
      { at: '2026-06-01', model: 'm', used: 9, requests: 2, tokens: 20 },
      { at: '2026-06-02', model: 'm', used: 2, requests: 1 },
      { at: '2026-06-03', model: 'm', used: 4, requests: 1, tokens: 10 },
    ]);
    assert.deepEqual(sum.total(100), { used: 15, requests: 4 });
  });

  it('orders days by date and everything else by spend', () => {
    const tally = tallyOf([
      { day: '2026-06-02', key: 'a', model: 'm', raw: 500_000, requests: 1, tokens: 10 },
      { day: '2026-06-01', key: 'b', model: 'm', raw: 1_500_000, requests: 2, tokens: 20 },
    ]);
    assert.deepEqual(tally.rows('day', 500_000), [
      { name: '2026-06-01', used: 3, requests: 2, tokens: 20 },
      { name: '2026-06-02', used: 1, requests: 1, tokens: 10 },
    ]);
    assert.deepEqual(
      tally.rows('key', 500_000).map(({ name }) => name),
      ['b', 'a'],
    );
  });
});

describe('a sum by the hour', () => {
  const at = (day: string, hour: number | undefined, key: string, model: string, raw: number) => ({
    ...{ day, hour, key, model, raw },
    ...{ requests: 1, tokens: 2 },
  });
  const rows = [
    at('2026-06-02', 9, 'a', 'm', 10),
    at('2026-06-01', 23, '', 'm', 40),
    at('2026-06-02', 10, 'a', '', 20),
    at('2026-06-01', undefined, 'b', 'm', 40),
  ];

  it('has a cell for each hour, and for the day where the hour is not known', () => {
    const { step, cells } = tallyOf(rows, 'hour').timeline(10);
    assert.equal(step, 'hour');
    assert.deepEqual(cells, [
      { at: '2026-06-01', key: 'b', model: 'm', used: 4, requests: 1, tokens: 2 },
      { at: '2026-06-01T23:00', model: 'm', used: 4, requests: 1, tokens: 2 },
      { at: '2026-06-02T09:00', key: 'a', model: 'm', used: 1, requests: 1, tokens: 2 },
      { at: '2026-06-02T10:00', key: 'a', used: 2, requests: 1, tokens: 2 },
    ]);
  });

  it('by the day has cells of days alone', () => {
    const { step, cells } = tallyOf(rows, 'day').timeline(10);
    assert.equal(step, 'day');
    assert.deepEqual(
      cells.map(cell => [cell.at, cell.used]),
      [
        ['2026-06-01', 4],
        ['2026-06-01', 4],
        // One key's spend: without a model, then with one.
        ['2026-06-02', 2],
        ['2026-06-02', 1],
      ],
    );
  });

  it('has rows of days in order, and others by what was spent, then by name', () => {
    const sums = tallyOf(rows, 'hour');
    const named = (part: 'day' | 'key' | 'model') =>
      sums.rows(part, 10).map(({ name, used }) => [name, used]);
    assert.deepEqual(named('day'), [
      ['2026-06-01', 8],
      ['2026-06-02', 3],
    ]);
    assert.deepEqual(named('key'), [
      ['', 4],
      ['b', 4],
      ['a', 3],
    ]);
    assert.deepEqual(named('model'), [
      ['m', 9],
      ['', 2],
    ]);
  });

  it('is made of a range of three days at most', () => {
    assert.equal(timelineStepFor({ from: 0, to: 3 * 86_400_000 }), 'hour');
    assert.equal(timelineStepFor({ from: 0, to: 3 * 86_400_000 + 1 }), 'day');
  });
});
