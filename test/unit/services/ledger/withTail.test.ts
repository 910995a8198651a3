import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { withTail } from '../../../../src/services/ledger/readingsTail.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const at = (day: number, hour: number) => Date.UTC(2026, 5, day, hour);

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
      coverage: { complete: true },
      source: 'logs',
    };
    const spans = [
      { at: at(15, 22), spent: 0.5 },
      { at: at(16, 1), spent: 0.25 },
      { at: at(16, 2), spent: 1 },
    ];
    const { total, byDay, coverage, source } = withTail(usage, { from: at(15, 20), to: at(16, 3), spans });
    assert.deepEqual(byDay, [
      { name: '2026-06-14', used: 3 },
      { name: '2026-06-15', used: 2.5 },
      { name: '2026-06-16', used: 1.25 },
    ]);
    assert.deepEqual([total, source], [{ used: 6.75 }, 'ledger']);
    assert.deepEqual(coverage.byReadings, { from: '2026-06-15T20:00:00.000Z', used: 1.75 });
  });
});
