import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LedgerSource } from '../../../../src/core/ledger/spendRecord.ts';
import type { LedgerProgress } from '../../../../src/core/ports/ledgerTable.ts';
import type { SpendLog } from '../../../../src/gateways/credentialSpec.ts';
import { logTurnOf } from '../../../../src/services/ledger/logTurn.ts';
import { DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

/** 100 rows within an hour, taken in so long ago, when the counter stood at $5. */
const takenIn = (ago: number): LedgerProgress => ({
  takenInAt: NOW - ago,
  rows: 100,
  span: { from: NOW - ago - HOUR, to: NOW - ago },
  raw: 0,
  unit: { code: 'USD' },
  perUnit: 500_000,
  usedRaw: 2_500_000,
});
const USED = { reading: reading({ quota: quota(14, 20) }) };

describe('the turn of a log, by what the database has of it', () => {
  const turn = (
    progress: Partial<Record<LedgerSource, LedgerProgress>>,
    sources: readonly LedgerSource[] = ['accountLog', 'hourlySums'],
    state: Parameters<typeof logTurnOf>[3] = USED,
  ) => {
    const store = {
      ledger: { progressOf: (_keyId: string, source: LedgerSource) => progress[source] },
      // Read in the background before: an account of which only a range was asked for is read at once.
      logTries: {
        tryOf: () => ({ at: NOW - 2 * DAY, failures: 0 }),
        takenSince: () => 0,
        formerSecrets: () => [],
        unloggedUntil: () => undefined,
      },
    };
    const log: SpendLog = { limiter: 'general', sources, keepsAll: true };
    return logTurnOf(store as unknown as Parameters<typeof logTurnOf>[0], 'a', log, state, NOW)?.dueAt;
  };

  it('follows the last of what its sources told, whichever that is', () => {
    const [older, newer] = [takenIn(3 * HOUR), takenIn(HOUR)];
    assert.equal(turn({ accountLog: older, hourlySums: newer }), NOW - HOUR + DAY);
    assert.equal(turn({ accountLog: newer, hourlySums: older }), NOW - HOUR + DAY);
    assert.equal(
      turn({ keyLog: newer, hourlySums: older }),
      NOW - 3 * HOUR + DAY,
      'of its own sources alone',
    );
  });

  it('follows nothing that a clock told which was put back since', () => {
    const [later, older] = [takenIn(-HOUR), takenIn(2 * HOUR)];
    assert.equal(turn({ accountLog: later, hourlySums: older }), NOW - 2 * HOUR + DAY);
    assert.equal(turn({ accountLog: later }), NOW, 'as if nothing had been told');
  });

  it('is none where the counter stands as it did, and counts in the unit of what was told', () => {
    const same = { reading: reading({ quota: quota(15, 20) }) };
    assert.equal(turn({ accountLog: takenIn(HOUR) }, undefined, same), undefined);
    const inYuan = { reading: reading({ quota: quota(15, 20), unit: { code: 'CNY', source: 'gateway' } }) };
    assert.equal(turn({ accountLog: takenIn(HOUR) }, undefined, inYuan), NOW - HOUR + DAY);
  });

  it('is that of a new key by its own counter, or by its account’s', () => {
    const counted = (used: number) => ({ reading: reading({ account: { used } }) });
    assert.equal(turn({}, undefined, counted(0)), undefined);
    assert.equal(turn({}, undefined, counted(1)), NOW);
    assert.equal(
      turn({}, undefined, { reading: reading({ quota: quota(20, 20), account: { used: 9 } }) }),
      undefined,
    );
    assert.equal(turn({}, undefined, {}), undefined, 'never before its first reading');
    assert.equal(
      turn({}, undefined, { reading: reading({ takenAt: new Date(NOW - MINUTE).toISOString() }) }),
      NOW - MINUTE,
    );
  });
});
