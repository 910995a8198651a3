import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Anomaly } from '../../../../src/core/usage/anomalies.ts';
import { deduplicateAnomalies } from '../../../../src/core/usage/deduplicateAnomalies.ts';
import { dropUnknownTotal } from '../../../../src/core/usage/dropUnknownTotal.ts';
import { headlineOf, isCompleteReport, isOverScales } from '../../../../src/core/usage/headline.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import {
  coveredShareText,
  coveredText,
  doubtText,
  incompleteText,
  totalName,
} from '../../../../src/text/usageHeadline.ts';
import { report } from '../../webview/usageReports.ts';

/** The reports of the fixture are of 1 to 3 June, in UTC. */
const OVER = Date.parse('2026-06-10T00:00:00Z');
const HALF = { complete: false, from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T12:00:00.000Z' } as const;

describe('the headline over reports', () => {
  it('is whole when every key told all of the range', () => {
    const all = headlineOf([report({ total: { used: 1 } }), report({ total: { used: 0.2 } })], 0, OVER);
    assert.deepEqual([totalName(all), coveredText(all), incompleteText(all)], ['Total', '', '']);
    assert.deepEqual(all, { used: 1.2, isComplete: true, keysWithTotal: 2, keyCount: 2, coveredShare: 1 });
  });

  it('says how many keys and how much of the range the figure covers', () => {
    const parts = [report({ total: { used: 1 } }), report({ total: { used: 2 }, coverage: HALF })];
    const some = headlineOf(parts, 1, OVER);
    assert.deepEqual([some.used, some.isComplete, some.keysWithTotal, some.keyCount], [3, false, 2, 3]);
    assert.equal(totalName(some), 'Total, incomplete');
    assert.equal(incompleteText(some), 'Incomplete: it covers 2 of 3 keys, 75% of the range.');
  });

  it('is not known where no total is', () => {
    const none = headlineOf([report({ coverage: { complete: false, reason: 'empty-log' } })], 1, OVER);
    assert.deepEqual([none.used, none.isComplete, coveredText(none)], [undefined, false, '0 of 2 keys']);
  });

  it('does not call four minutes of a month all of it, nor nothing', () => {
    const coverage = { ...HALF, to: '2026-06-01T00:04:00.000Z' };
    const bit = headlineOf([report({ total: { used: 1 }, coverage })], 0, OVER);
    assert.equal(coveredText(bit), 'less than 1% of the range');
    const almost = { ...HALF, to: '2026-06-03T23:59:00.000Z' };
    assert.equal(
      coveredText(headlineOf([report({ total: { used: 1 }, coverage: almost })], 0, OVER)),
      '99% of the range',
    );
  });

  it('keeps what is covered apart from why it is in doubt', () => {
    const told = { total: { used: 1 } };
    const whole = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-04T00:00:00.000Z' };
    const changed = { complete: false, reason: 'scale-changed' } as const;
    const half = headlineOf([report({ ...told, coverage: { ...HALF, ...changed } })], 0, OVER);
    assert.deepEqual([coveredShareText(half), doubtText(half)], ['50% of the range', undefined]);
    const unread = { complete: false, reason: 'unreadable-rows', ...whole } as const;
    const most = headlineOf([report({ ...told, coverage: unread })], 0, OVER);
    assert.deepEqual([coveredShareText(most), doubtText(most)], [undefined, 'some of it could not be read']);
    const unlogged = { complete: false, reason: 'unlogged', ...whole } as const;
    const part = headlineOf([report({ ...told, coverage: unlogged })], 0, OVER);
    assert.deepEqual([coveredShareText(part), doubtText(part)], [undefined, 'some of it was not logged']);
  });

  it('covers less by the parts in between that are missing', () => {
    const coverage = {
      complete: false,
      reason: 'scale-changed',
      ...{ from: '2026-06-01T00:00:00.000Z', to: '2026-06-04T00:00:00.000Z' },
      gaps: [
        { from: '2026-06-01T06:00:00.000Z', to: '2026-06-01T18:00:00.000Z' },
        { from: '2026-06-02T06:00:00.000Z', to: '2026-06-02T11:00:00.000Z' },
      ],
    } as const;
    // 17 of 72 hours are missing.
    const part = headlineOf([report({ total: { used: 1 }, coverage })], 0, OVER);
    assert.equal(coveredText(part), '76% of the range');
  });

  it('is whole over a changed scale where each part is counted as it was then, else incomplete', () => {
    const told = { total: { used: 1 } };
    const over = (complete: boolean) =>
      headlineOf([report({ ...told, coverage: { complete, reason: 'scale-changed' } })], 0, OVER);
    assert.deepEqual([over(true).isComplete, totalName(over(true))], [true, 'Total']);
    assert.deepEqual([over(false).isComplete, totalName(over(false))], [false, 'Total, incomplete']);
  });

  it('is not whole where a key has no report, though all others are', () => {
    const lacking = headlineOf([report({ total: { used: 1 } })], 1, OVER);
    assert.deepEqual([lacking.isComplete, lacking.flaw, lacking.coveredShare], [false, 'incomplete', 1]);
  });

  it('covers nothing where no total is known, or no report says what it covers', () => {
    assert.equal(headlineOf([report({ total: undefined })], 0, OVER).coveredShare, 0);
    const { from, to } = HALF;
    for (const ends of [{}, { from }, { to }]) {
      const untold = report({ total: { used: 1 }, coverage: { complete: false, ...ends } });
      assert.equal(headlineOf([untold], 0, OVER).coveredShare, 0, JSON.stringify(ends));
    }
  });

  it('covers all of the range where a report is complete, whatever ends it names', () => {
    const whole = report({ total: { used: 1 }, coverage: { ...HALF, complete: true } });
    assert.equal(headlineOf([whole], 0, OVER).coveredShare, 1);
  });

  it('covers the range up to its end where less than five seconds are missing there', () => {
    const share = (missingMs: number) => {
      const to = new Date(Date.parse(report().to) - missingMs).toISOString();
      const coverage = { ...HALF, to };
      return headlineOf([report({ total: { used: 1 }, coverage })], 0, OVER).coveredShare;
    };
    assert.equal(share(4999), 1);
    // Three days less a millisecond, of which five seconds are missing.
    assert.equal(share(5000), (3 * 86_400_000 - 1 - 5000) / (3 * 86_400_000 - 1));
  });

  it('counts of a range that goes on what is over', () => {
    const now = Date.parse('2026-06-02T12:00:00Z');
    const coverage = { ...HALF, reason: 'recorded-gaps' as const, from: '2026-06-01T18:00:00.000Z' };
    assert.equal(
      coveredText(headlineOf([report({ total: { used: 1 }, coverage })], 0, now)),
      '50% of the range',
    );
  });
});

describe('a report', () => {
  it('is complete only with a total, and over scales whatever is known of it', () => {
    const told = (coverage: Usage['coverage'], total?: Usage['total']) => [
      isCompleteReport({ total, coverage }),
      isOverScales({ coverage }),
    ];
    const total = { used: 1 };
    assert.deepEqual(told({ complete: true }), [false, false]);
    assert.deepEqual(told({ complete: true }, total), [true, false]);
    assert.deepEqual(told({ complete: false, reason: 'scale-changed' }), [false, true]);
    assert.deepEqual(told({ complete: true, reason: 'scale-changed' }, total), [true, true]);
  });
});

describe('a total of 0', () => {
  const usage = (more: Partial<Usage>): Usage => ({
    unit: { code: 'USD', source: 'gateway' },
    total: { used: 0 },
    coverage: { complete: true },
    source: 'recorded',
    ...more,
  });

  it('is one where all of the range was told', () => {
    assert.deepEqual(dropUnknownTotal(usage({})).total, { used: 0 });
  });

  it('is none where a part of the range is missing', () => {
    const known = dropUnknownTotal(
      usage({ byDay: [], coverage: { complete: false, reason: 'recorded-gaps' } }),
    );
    assert.deepEqual([known.total, known.byDay], [undefined, undefined]);
    assert.equal(known.coverage.reason, 'recorded-gaps');
  });

  it('stays beside requests that were told to cost nothing', () => {
    const free = usage({ total: { used: 0, requests: 3 }, coverage: { complete: false } });
    assert.equal(dropUnknownTotal(free), free);
  });
});

describe('anomalies of an account and of its key', () => {
  const day = (used: number): Anomaly => ({ kind: 'high-day', at: '2026-06-02', used, usual: 0.1 });
  const account = { report: report(), baseUrl: 'https://a.example', anomalies: [day(2.1)] };
  const key = {
    report: report({ scope: { key: 'Mine' } }),
    baseUrl: 'https://a.example',
    anomalies: [day(2)],
  };

  it('are told once where one is most of the other', () => {
    assert.deepEqual(deduplicateAnomalies([account, key]), [[], [day(2)]]);
    const half = { ...key, anomalies: [day(1.05)] };
    assert.deepEqual(deduplicateAnomalies([account, half]), [[], [day(1.05)]], 'or half of it');
    const idle: Anomaly = { kind: 'not-idle', at: 'mine', used: 0.5 };
    const named: Anomaly = { kind: 'not-idle', at: 'Mine', used: 0.5 };
    assert.deepEqual(
      deduplicateAnomalies([
        { ...account, anomalies: [idle] },
        { ...key, anomalies: [named] },
      ]),
      [[], [named]],
    );
  });

  it('are two where they are of different kinds, though the figure is one', () => {
    const idle: Anomaly = { kind: 'not-idle', at: 'mine', used: 2 };
    const all = [
      { ...account, anomalies: [idle] },
      { ...key, anomalies: [day(2)] },
    ];
    assert.deepEqual(deduplicateAnomalies(all), [[idle], [day(2)]]);
  });

  it('are two where two accounts of one gateway have them: the key is of one alone, the nearest', () => {
    const other = { ...account, anomalies: [day(2.4)] };
    for (const accounts of [
      [other, account],
      [account, other],
    ]) {
      const left = deduplicateAnomalies([...accounts, key]).flat();
      assert.deepEqual(left, [day(2.4), day(2)]);
    }
  });

  it('are two where the account’s is less than half of the key’s, which is another account’s then', () => {
    for (const [used, count] of [
      [1, 1],
      [0.99, 2],
    ] as const) {
      const small = { ...account, anomalies: [day(used)] };
      assert.equal(deduplicateAnomalies([small, key]).flat().length, count);
    }
  });

  it('are two where they are of other spend, of another day or gateway', () => {
    for (const other of [
      { ...key, anomalies: [day(1)] },
      { ...key, anomalies: [{ ...day(2), at: '2026-06-03' }] },
      { ...key, baseUrl: 'https://b.example' },
    ]) {
      assert.equal(deduplicateAnomalies([account, other]).flat().length, 2);
    }
  });
});
