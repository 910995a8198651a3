import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { LedgerSource } from '../../../../src/core/ledger/spendRecord.ts';
import { USD } from '../../support/ledgerSetup.ts';
import { askAccount, askLog, type MadeUpRow, madeUpLog } from '../../support/madeUpLog.ts';
import { addTo, MemoryLedger } from '../../support/memoryLedger.ts';
import { seededChance } from '../../support/seededChance.ts';

const QUARTER = 900;
const START = Date.UTC(2026, 9, 31) / 1000;
const SCALES = [
  USD,
  { ...USD, perUnit: 1_000_000 },
  { unit: { code: 'CNY', source: 'gateway' }, perUnit: 500_000 },
] as const;
const LOGS = fc.record({ seed: fc.integer({ min: 1, max: 1e9 }), rows: fc.integer({ min: 1, max: 250 }) });

/** In every one of so many logs that something holds; a failure names the smallest found. */
function forLogs(assertHolds: (log: { readonly seed: number; readonly rows: number }) => void): void {
  const property = fc.property(LOGS, assertHolds);
  // Synchronous, but its type also covers properties that are not.
  void fc.assert(property, { numRuns: 50 });
}

/** The plain sum of all rows of seconds that the ledger says it covers, by quarter and model. */
function plainSums(log: readonly MadeUpRow[], ledger: MemoryLedger): Map<string, number> {
  const spans = ledger.table.coverageOf('a');
  const sums = new Map<string, number>();
  for (const { at, model, raw } of log)
    if (spans.some(({ from, to }) => at * 1000 >= from && at * 1000 < to))
      addTo(sums, `${Math.floor(at / QUARTER) * QUARTER} ${model}`, raw);
  return sums;
}

function assertIsPlainSum(log: readonly MadeUpRow[], ledger: MemoryLedger, source: LedgerSource): void {
  const sorted = (sums: Map<string, number>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual(sorted(ledger.byQuarter(source)), sorted(plainSums(log, ledger)));
}

/** Moments while a log is written, and some time after its end. */
function momentsOf(log: readonly MadeUpRow[], chance: () => number): number[] {
  const end = (log.at(-1)?.writtenAt ?? START) + 3600;
  return Array.from({ length: 15 }, () => START + Math.floor(chance() * (end - START)));
}

describe('the ledger of a made-up log', () => {
  it('is the plain sum of the rows that it covers, in whatever order answers come', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      for (const now of momentsOf(log, chance)) {
        ledger.takeIn(askLog(log, now, USD), now * 1000);
        assertIsPlainSum(log, ledger, 'keyLog');
      }
      ledger.close();
    });
  });

  it('is the plain sum though the scale changes and the gateway deletes old rows', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      for (const now of momentsOf(log, chance).sort((a, b) => a - b)) {
        const scale = SCALES[Math.floor(chance() * 6)] ?? USD;
        const written = log.filter(({ writtenAt }) => writtenAt <= now).length;
        ledger.takeIn(askLog(log, now, scale, chance() < 0.2 ? Math.floor(chance() * written) : 0));
        assertIsPlainSum(log, ledger, 'keyLog');
      }
      ledger.close();
    });
  });

  it('covers all of it where it is asked before rows are lost', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows });
      const ledger = new MemoryLedger();
      // Twice in the time in which the log's forty rows are written.
      const moments = log.filter((_, index) => index % 20 === 0).map(({ writtenAt }) => writtenAt + 5);
      const end = (log.at(-1)?.writtenAt ?? START) + 3600;
      for (const now of [...moments, end]) ledger.takeIn(askLog(log, now, USD), now * 1000);
      assert.deepEqual(ledger.table.coverageOf('a'), [{ source: 'keyLog', from: 0, to: (end - 5) * 1000 }]);
      assertIsPlainSum(log, ledger, 'keyLog');
      ledger.close();
    });
  });

  it('has every row that was late, and claims no time that a clock put back will come to again', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows, isDisorderly: true });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      for (const now of momentsOf(log, chance).sort((a, b) => a - b)) {
        const told = askLog(log, now, USD);
        ledger.takeIn(told, now * 1000);
        if (!told.complete) continue;
        const { from, to } = told.complete;
        const oldest = Math.min(...told.records.map(({ at }) => at));
        const inside = (second: number) =>
          second >= Math.max(from, oldest) + QUARTER && second < to - QUARTER;
        const sums = new Map<string, number>();
        for (const { at, model, raw } of told.records)
          if (at < to) addTo(sums, `${Math.floor(at / QUARTER) * QUARTER} ${model}`, raw);
        const wanted = [...sums].filter(([name]) => inside(Number.parseInt(name, 10)));
        const found = ledger.byQuarter('keyLog');
        for (const [name, raw] of wanted) assert.equal(found.get(name), raw, name);
        const end = Math.max(...ledger.table.coverageOf('a').map(span => span.to / 1000));
        assert.ok(end <= to + 120, `${end} is beyond ${to}`);
      }
      ledger.close();
    });
  });

  it('is the plain sum of an account’s rows, whichever spans of it are asked for', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      for (const now of momentsOf(log, chance)) {
        const from = START + Math.floor((chance() * (now - START)) / QUARTER) * QUARTER;
        const to = chance() < 0.5 ? now : from + Math.floor(chance() * (now - from));
        const begin = chance() < 0.7 ? from : from + Math.floor(chance() * 1000);
        ledger.takeIn(askAccount(log, { from: begin, to }, now, USD));
        assertIsPlainSum(log, ledger, 'accountLog');
      }
      ledger.close();
    });
  });
});
