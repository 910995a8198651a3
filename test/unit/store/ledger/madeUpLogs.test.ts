import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { LedgerSource, SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../../../src/core/ports/ledgerTable.ts';
import { localDay } from '../../../../src/core/usage/range.ts';
import { USD } from '../../support/ledgerSetup.ts';
import { askAccount, askLog, type MadeUpRow, madeUpLog } from '../../support/madeUpLog.ts';
import { MemoryLedger, sumsBy } from '../../support/memoryLedger.ts';
import { seededChance } from '../../support/seededChance.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const QUARTER = 900;
const HOUR = 3600;
const DAY = 24 * HOUR;
const ZONES = [
  'UTC',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];
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

/** The rows of a log that the ledger says it covers. */
function coveredRows(log: readonly MadeUpRow[], ledger: MemoryLedger): readonly MadeUpRow[] {
  const spans = ledger.table.coverageOf('a');
  return log.filter(({ at }) => spans.some(({ from, to }) => at * 1000 >= from && at * 1000 < to));
}

function assertIsPlainSum(log: readonly MadeUpRow[], ledger: MemoryLedger, source: LedgerSource): void {
  const cells = ledger.table.cellsOf('a', source, { from: 0, to: Number.MAX_SAFE_INTEGER });
  assert.deepEqual(
    sumsBy(cells, ({ from, model }) => `${from / 1000} ${model}`),
    sumsBy(coveredRows(log, ledger), ({ at, model }) => `${Math.floor(at / QUARTER) * QUARTER} ${model}`),
  );
}

/** Raw amounts by local day and model. */
function daysOf(ledger: MemoryLedger): Map<string, number> {
  return sumsBy(ledger.table.spendByDay('2026-10-01', '2027-12-31'), ({ day, model }) => `${day} ${model}`);
}

/** Sums as a gateway tells them that adds rows up itself. */
function sumsOf(
  log: readonly MadeUpRow[],
  source: LedgerSource,
  lasts: number,
  complete: TimeSpan,
): SpendRecords {
  const sums = sumsBy(log, ({ at }) => String(Math.floor((at - START) / lasts)));
  const records = [...sums].map(([index, raw]) => ({
    ...{ at: START + Number(index) * lasts, lasts, keyName: '', model: '', raw },
    ...{ requests: undefined, promptTokens: undefined, completionTokens: undefined },
  }));
  return { source, scale: USD, records, complete, unreadable: 0 };
}

/** Moments while a log is written, and some time after its end. */
function momentsOf(log: readonly MadeUpRow[], chance: () => number): number[] {
  const end = (log.at(-1)?.writtenAt ?? START) + 3600;
  return Array.from({ length: 15 }, () => START + Math.floor(chance() * (end - START)));
}

describe('the ledger of a made-up log', () => {
  useTimeZone('UTC');

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
        const sums = sumsBy(
          told.records.filter(({ at }) => at < to),
          ({ at, model }) => `${Math.floor(at / QUARTER) * QUARTER} ${model}`,
        );
        const wanted = [...sums].filter(([name]) => inside(Number.parseInt(name, 10)));
        const cells = ledger.table.cellsOf('a', 'keyLog', { from: 0, to: Number.MAX_SAFE_INTEGER });
        const found = sumsBy(cells, ({ from, model }) => `${from / 1000} ${model}`);
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

  it('is the plain sum by day in any zone, before and after its days are rebuilt', () => {
    forLogs(({ seed, rows }) => {
      const log = madeUpLog({ seed, start: START, rows });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      const zoneBy = () => ZONES[Math.floor(chance() * ZONES.length)];
      process.env.TZ = zoneBy();
      for (const now of momentsOf(log, chance)) ledger.takeIn(askLog(log, now, USD), now * 1000);
      process.env.TZ = zoneBy();
      const late = askLog(log, (log.at(-1)?.writtenAt ?? START) + 3600, USD);
      ledger.takeIn(late, START * 1000);
      const covered = coveredRows(log, ledger);
      const expected = sumsBy(covered, ({ at, model }) => `${localDay(at * 1000)} ${model}`);
      assert.deepEqual(daysOf(ledger), expected);
      if (ledger.table.keysToRebuild().length > 0) ledger.rebuildDays();
      assert.deepEqual(ledger.table.keysToRebuild(), []);
      assert.deepEqual(daysOf(ledger), expected);
      ledger.close();
    });
  });

  it('counts no moment by two sources, and none not at all', () => {
    forLogs(({ seed, rows }) => {
      process.env.TZ = 'UTC';
      const log = madeUpLog({ seed, start: START, rows });
      const chance = seededChance(seed + 1);
      const ledger = new MemoryLedger();
      const end = START + DAY * Math.ceil(((log.at(-1)?.writtenAt ?? START) + 3600 - START) / DAY);
      const whole = [
        { ...askAccount(log, { from: START, to: end }, end + DAY, USD), complete: undefined },
        sumsOf(log, 'hourlySums', HOUR, { from: START, to: end }),
        sumsOf(log, 'dailySums', DAY, { from: START, to: end }),
      ];
      const told = Array.from({ length: 10 }, () => {
        const source = Math.floor(chance() * 3);
        const grain = [QUARTER, HOUR, DAY][source] ?? DAY;
        const from = START + Math.floor((chance() * (end - START)) / grain) * grain;
        const to = Math.min(end, from + Math.ceil(chance() * 10) * grain);
        return { ...(whole[source] ?? whole[0]), complete: { from, to } } as SpendRecords;
      });
      for (const each of told) ledger.takeIn(each);
      const expected = sumsBy(coveredRows(log, ledger), ({ at }) => localDay(at * 1000));
      const found = sumsBy(ledger.table.spendByDay('2026-10-01', '2027-12-31'), ({ day }) => day);
      // A day that is covered in part by its sum is known as a whole.
      const wholeDays = sumsBy(log, ({ at }) => localDay(at * 1000));
      for (const [day, raw] of found) assert.ok(raw === expected.get(day) || raw === wholeDays.get(day), day);
      for (const day of expected.keys()) assert.ok(found.has(day), day);
      ledger.close();
    });
  });
});
