import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Store } from '../../../../src/core/ports/store.ts';
import type { Usage, UsageTotal } from '../../../../src/core/usage/usage.ts';
import {
  certainSpend,
  checkAgainstReading,
  limitToAnswerTime,
} from '../../../../src/services/usage/plausibility.ts';
import { at, DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';

const RANGE = { from: NOW - DAY, to: NOW };

describe('an empty log beside a key that was never used', () => {
  const usage = {
    unit: { code: 'USD', source: 'gateway' },
    source: 'logs',
    coverage: { complete: false, reason: 'empty-log' },
  } as const;
  const readAt = (ms: number) =>
    reading({ takenAt: at(ms), quota: { unlimited: false, used: 0, remaining: 5 } });
  const check = (ms: number) => checkAgainstReading(usage, readAt(ms), 0, RANGE, NOW);

  it('is 0 as far as the reading reaches into the range, and nothing where it is older', () => {
    const told = check(-HOUR);
    assert.deepEqual([told.total?.used, told.coverage.to], [0, at(-HOUR)]);
    assert.deepEqual(check(-2 * DAY), usage);
  });

  it('is 0 for the whole range where the reading is up to 15 minutes old', () => {
    assert.deepEqual(check(-15 * MINUTE).coverage, {
      complete: true,
      from: at(-DAY),
      to: at(-15 * MINUTE),
    });
    assert.equal(check(-15 * MINUTE - 1).coverage.complete, false);
  });

  it('is nothing where the reading is of the moment in which the range begins', () => {
    assert.deepEqual(check(-DAY), usage);
    assert.equal(check(-DAY + 1).total?.used, 0);
  });
});

describe('an answer that lacks a part beside a key that was never used', () => {
  it('stays as it is where the log was not empty', () => {
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      source: 'logs',
      coverage: { complete: false, reason: 'broke-off' },
    };
    const unused = reading({ quota: { unlimited: false, used: 0, remaining: 5 } });
    assert.equal(checkAgainstReading(usage, unused, 0, RANGE, NOW), usage);
  });
});

describe('what readings show for certain to be spent in a range', () => {
  it('is what came between two readings in it', () => {
    const spans = [
      { at: NOW - 20 * HOUR, spent: 1 },
      { at: NOW - 10 * HOUR, since: RANGE.from - 1, spent: 2 },
      { at: NOW - 5 * HOUR, since: RANGE.from, spent: 4 },
      { at: NOW, since: NOW - 5 * HOUR, spent: 8 },
    ];
    const store = { history: { spendSpans: () => spans } } as unknown as Store;
    assert.equal(certainSpend(store, 'a', { code: 'USD', source: 'gateway' }, RANGE), 12);
  });
});

describe('a gateway’s 0 beside readings that show spend', () => {
  const check = (total: UsageTotal, spent: number) => {
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      source: 'logs',
      total,
      coverage: { complete: true },
    };
    const checked = checkAgainstReading(usage, undefined, spent, RANGE, NOW);
    return [checked.total, checked.coverage];
  };
  const contradicted = [undefined, { complete: false, reason: 'contradicted' }];

  it('is not believed where it has no requests either', () => {
    assert.deepEqual(check({ used: 0, requests: 0 }, 1), contradicted);
    assert.deepEqual(check({ used: 0 }, 1), contradicted, 'or does not tell them');
  });

  it('is believed where requests cost nothing', () => {
    const free = { used: 0, requests: 3 };
    assert.deepEqual(check(free, 1), [free, { complete: true }]);
  });

  it('is believed where the readings show no spend', () => {
    assert.deepEqual(check({ used: 0 }, 0), [{ used: 0 }, { complete: true }]);
  });
});

describe('an answer of before', () => {
  const usage = (coverage: Usage['coverage']): Usage => ({
    unit: { code: 'USD', source: 'gateway' },
    source: 'logs',
    total: { used: 1 },
    coverage,
  });
  const whole = usage({ complete: true, from: at(-DAY), to: at(0) });
  const coverage = (answered: Usage, ms: number, now = NOW) =>
    limitToAnswerTime(answered, NOW + ms, RANGE, now).coverage;

  it('covers the range where it was given up to 15 minutes before its end, or before now', () => {
    assert.deepEqual(coverage(whole, -15 * MINUTE), whole.coverage);
    assert.deepEqual(coverage(whole, -HOUR - 15 * MINUTE, NOW - HOUR), whole.coverage);
  });

  it('covers the range up to its own time where it is older', () => {
    const ms = -15 * MINUTE - 1;
    assert.deepEqual(coverage(whole, ms), {
      complete: false,
      from: at(-DAY),
      to: at(ms),
      reason: undefined,
    });
    assert.equal(coverage(usage({ complete: true }), ms).to, at(ms), 'whatever it said of its end');
  });

  it('covers no more than it did then', () => {
    const part = usage({ complete: false, from: at(-DAY), to: at(-5 * HOUR), reason: 'broke-off' });
    assert.deepEqual(coverage(part, -HOUR), {
      complete: false,
      from: at(-DAY),
      to: at(-5 * HOUR),
      reason: 'broke-off',
    });
  });
});
