import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { MOST_CELLS, UsageSum, type UsageSumEntry } from '../../../../src/core/usage/usageSum.ts';
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

describe('a tally', () => {
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

  it('keeps its sums, and not all names, where each row names another model', () => {
    const tally = new UsageSum('hour');
    const rows = MOST_CELLS + 50_000;
    for (let row = 0; row < rows; row++) {
      const [day, hour] = ['2026-06-15', row % 24];
      tally.add({ day, hour, key: 'k', model: `model ${row}`, raw: 500, requests: 1, tokens: 2 });
    }
    assert.deepEqual(tally.total(500), { used: rows, requests: rows, tokens: 2 * rows });
    const models = tally.rows('model', 500);
    assert.deepEqual(models[0], { name: '…', used: 50_000, requests: 50_000, tokens: 100_000 });
    assert.equal(models.length, MOST_CELLS + 1);
    assert.equal(tally.timeline(500).cells.length, MOST_CELLS + 24);
  });

  it('gives for a range split anywhere what it gives for the whole', () => {
    forAll(fc.tuple(fc.array(entry, { maxLength: 80 }), fc.nat(80)), ([entries, at]) => {
      const whole = tallyOf(entries).total(500_000).used;
      const halves =
        tallyOf(entries.slice(0, at)).total(500_000).used + tallyOf(entries.slice(at)).total(500_000).used;
      return same(whole, halves);
    });
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
