import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { withTail } from '../../../../src/services/ledger/readingsTail.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const at = (day: number, hour: number) => Date.UTC(2026, 5, day) + hour * 3_600_000;

describe('what readings show after the ledger’s end', () => {
  useTimeZone('UTC');

  it('is added to the day that the ledger has a part of, and begins a day that it has nothing of, in order', () => {
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      total: { used: 5 },
      // A gateway may tell its days in any order.
      byDay: [
        { name: '2026-06-15', used: 2 },
        { name: '2026-06-14', used: 3 },
      ],
      byKey: [{ name: 'production', used: 5 }],
      byModel: [
        { name: 'm', used: 4.5 },
        { name: '', used: 0.5, requests: 1 },
      ],
      coverage: { complete: true },
      source: 'logs',
    };
    const spans = [
      { since: at(15, 20), at: at(15, 22), spent: 0.5 },
      { since: at(16, 0), at: at(16, 1), spent: 0.25 },
      { since: at(16, 1), at: at(16, 2), spent: 1 },
    ];
    const { total, byDay, byKey, byModel, coverage, source } = withTail(usage, {
      ...{ from: at(15, 20), to: at(16, 3), spans },
    });
    assert.deepEqual(
      [byKey, byModel],
      [
        [
          { name: 'production', used: 5 },
          { name: '', used: 1.75 },
        ],
        [
          { name: 'm', used: 4.5 },
          { name: '', used: 2.25 },
        ],
      ],
      'keys and models add up to the total too',
    );
    assert.deepEqual(byDay, [
      { name: '2026-06-14', used: 3 },
      { name: '2026-06-15', used: 2.5 },
      { name: '2026-06-16', used: 1.25 },
    ]);
    assert.deepEqual([total, source], [{ used: 6.75 }, 'ledger']);
    assert.deepEqual(coverage, {
      complete: true,
      byReadings: { from: '2026-06-15T20:00:00.000Z', used: 1.75 },
    });
  });

  it('is of both days evenly where it was noticed within an hour over midnight, and else in the total alone', () => {
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      total: { used: 5 },
      byDay: [{ name: '2026-06-15', used: 5 }],
      timeline: { step: 'hour', cells: [{ at: '2026-06-15T10:00', used: 5 }] },
      coverage: { complete: true },
      source: 'logs',
    };
    const over = (hour: number) => {
      const spans = [{ since: at(15, hour), at: at(16, 0.25), spent: 4 }];
      const { total, byDay, timeline, coverage } = withTail(usage, {
        from: at(15, 20),
        to: at(16, 3),
        spans,
      });
      return {
        used: [total?.used, ...(byDay ?? []).map(({ used }) => used)],
        hours: timeline?.cells.slice(1).map(({ at }) => at),
        ...{ complete: coverage.complete, reason: coverage.reason, gaps: coverage.gaps },
      };
    };
    assert.deepEqual(over(23.25), {
      used: [9, 8, 1],
      hours: ['2026-06-15T23:00', '2026-06-16T00:00'],
      ...{ complete: true, reason: undefined, gaps: undefined },
    });
    const gap = { from: '2026-06-15T23:00:00.000Z', to: '2026-06-16T00:15:00.000Z' };
    assert.deepEqual(over(23), {
      used: [9, 5],
      hours: [],
      ...{ complete: false, reason: 'recorded-gaps', gaps: [gap] },
    });
  });
});
