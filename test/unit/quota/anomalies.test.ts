import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anomaliesOf } from '../../../src/quota/anomalies.ts';
import type { UsageReport } from '../../../src/quota/usageReport.ts';

const day = (date: number, used: number) => ({ name: `2026-06-${String(date).padStart(2, '0')}`, used });

function reportOf(more: Partial<UsageReport>): UsageReport {
  return {
    scope: { key: 'Cline' },
    keyId: 'k',
    from: new Date(2026, 5, 1).toISOString(),
    to: new Date(2026, 5, 30).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    coverage: { complete: true },
    source: 'gateway',
    ...more,
  };
}

describe('anomalies', () => {
  it('a day at eight times the usual one is named, with both figures', () => {
    const byDay = [day(1, 2), day(2, 2.5), day(3, 1.5), day(4, 16), day(5, 2), day(6, 2.2)];
    assert.deepEqual(anomaliesOf(reportOf({ byDay })), [
      { kind: 'high-day', at: '2026-06-04', used: 16, usual: 2.1 },
    ]);
  });

  it('days that scatter widely all the time are nobody’s alarm', () => {
    const byDay = [day(1, 1), day(2, 9), day(3, 4), day(4, 12), day(5, 2), day(6, 7)];
    assert.deepEqual(anomaliesOf(reportOf({ byDay })), []);
  });

  it('four days are no habit', () => {
    assert.deepEqual(anomaliesOf(reportOf({ byDay: [day(1, 1), day(2, 1), day(3, 1), day(4, 50)] })), []);
  });

  it('spend on a key that should be idle is named', () => {
    const report = reportOf({
      byKey: [
        { name: 'old', used: 0.4 },
        { name: 'new', used: 3 },
      ],
    });
    assert.deepEqual(anomaliesOf(report, { idleKeys: ['old', 'Cline'] }), [
      { kind: 'not-idle', at: 'old', used: 0.4 },
    ]);
  });

  it('spend at an hour the key never had is named once there is a habit', () => {
    const spans = [];
    for (let date = 1; date <= 10; date++) {
      for (const hour of [9, 10, 11, 14, 15])
        spans.push({ at: new Date(2026, 4, 10 + date, hour).getTime(), spent: 1 });
    }
    spans.push({ at: new Date(2026, 5, 3, 3, 20).getTime(), spent: 4 });
    assert.deepEqual(anomaliesOf(reportOf({}), { spans }), [
      { kind: 'strange-hour', at: '2026-06-03T03:00', used: 4, hours: [9, 10, 11, 14, 15] },
    ]);
    assert.deepEqual(anomaliesOf(reportOf({}), { spans: spans.slice(-20) }), [], 'too little of a habit');
  });
});
