import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../../../src/core/ports/ledgerTable.ts';
import { localDay } from '../../../../src/core/usage/range.ts';
import { rangeInLedger } from '../../../../src/services/ledger/rangeInLedger.ts';
import { USD } from '../../support/ledgerSetup.ts';
import { askAccount, askLog, type MadeUpRow, madeUpLog } from '../../support/madeUpLog.ts';
import { MemoryLedger, sumsBy } from '../../support/memoryLedger.ts';
import { seededChance } from '../../support/seededChance.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** With days of 23, 24, 25 and 24.5 hours, ends of days that no quarter of an hour is at, and a day that was left out. */
const ZONES = [
  ...['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'],
  ...['America/Santiago', 'Africa/Casablanca', 'Europe/London'],
];
/** Beginnings of logs: before the hours change in the zones above, and before Samoa left out 30 December 2011. */
const STARTS = [
  Date.UTC(2026, 9, 23),
  Date.UTC(2026, 2, 6),
  Date.UTC(2011, 11, 27),
  Date.UTC(2026, 3, 2),
].map(ms => ms / 1000);
const SCALES = [
  USD,
  USD,
  { ...USD, perUnit: 1_000_000 },
  { unit: { code: 'CNY', source: 'gateway' }, perUnit: 7 },
] as const;
const HOUR = 3600;
const DAY = 24 * HOUR;

interface Shape {
  readonly seed: number;
  readonly rows: number;
  readonly zone: string;
  readonly start: number;
}

const SHAPES: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  rows: fc.integer({ min: 0, max: 200 }),
  zone: fc.constantFrom(...ZONES),
  start: fc.constantFrom(...STARTS),
});

function forShapes(assertHolds: (shape: Shape) => void, numRuns: number): void {
  const property = fc.property(SHAPES, assertHolds);
  void fc.assert(property, { numRuns });
}

/** By how much of what counts in which unit: a day with nothing in it is no day. */
type Sums = ReadonlyMap<string, number>;

function withoutNothing(sums: Sums): Sums {
  return new Map([...sums].filter(([, raw]) => raw !== 0));
}

function sumsOfRange(ledger: MemoryLedger, span: TimeSpan, byDay: boolean) {
  const { cells, lines, known, lacking } = rangeInLedger(ledger.table, 'a', span, byDay);
  const named = [
    ...cells.map(cell => ({ ...cell, day: localDay(cell.from) })),
    ...lines.flatMap(({ days, ...line }) => days.map(day => ({ ...line, ...day }))),
  ];
  const nameOf = ({ day, model, unit, perUnit }: (typeof named)[number]) =>
    [day, model, unit.code, perUnit].join(' ');
  const countOf = ({ requests = 0 }: (typeof named)[number]) => requests;
  const counts = named.map(each => ({ ...each, raw: countOf(each) }));
  return {
    sums: withoutNothing(sumsBy(named, nameOf)),
    counts: withoutNothing(sumsBy(counts, nameOf)),
    known,
    lacking,
  };
}

/** Sums as a gateway tells them that adds rows up itself. */
function sumsOf(log: readonly MadeUpRow[], start: number, lasts: number, complete: TimeSpan): SpendRecords {
  const inside = log.filter(({ at }) => at >= complete.from && at < complete.to);
  const sums = sumsBy(inside, ({ at }) => String(Math.floor((at - start) / lasts)));
  const records = [...sums].map(([index, raw]) => ({
    ...{ at: start + Number(index) * lasts, lasts, keyName: '', model: '', raw },
    ...{ requests: undefined, promptTokens: undefined, completionTokens: undefined },
  }));
  return { source: lasts === DAY ? 'dailySums' : 'hourlySums', scale: USD, records, complete, unreadable: 0 };
}

function furnish({ seed, rows, start }: Shape, ledger: MemoryLedger) {
  const chance = seededChance(seed + 1);
  const log = madeUpLog({ seed, start, rows });
  const end = start + DAY * Math.ceil(((log.at(-1)?.writtenAt ?? start) + HOUR - start) / DAY);
  const moment = () => start + Math.floor((chance() * (end - start)) / HOUR) * HOUR;
  for (let count = 0; count < 8; count++) {
    const scale = SCALES[Math.floor(chance() * SCALES.length)] ?? USD;
    const [one, other] = [moment(), moment()];
    const span = { from: Math.min(one, other), to: Math.max(one, other) + HOUR };
    const which = chance();
    if (which < 0.4) ledger.takeIn(askLog(log, end + count, scale), (end + count) * 1000);
    else if (which < 0.8) ledger.takeIn(askAccount(log, span, end + HOUR, scale));
    else if (which < 0.9) ledger.takeIn(sumsOf(log, start, HOUR, span));
    else ledger.takeIn(sumsOf(log, start, DAY, { from: start, to: end }));
  }
  const spans = Array.from({ length: 12 }, (_, index): TimeSpan => {
    const step = [1, 900, HOUR, DAY][index % 4] ?? 1;
    const at = () => (start - DAY + Math.floor((chance() * (end - start + 2 * DAY)) / step) * step) * 1000;
    const [one, other] = [at(), at()];
    return { from: Math.min(one, other), to: Math.max(one, other) };
  });
  return { log, spans };
}

describe('a range that is read by whole days', () => {
  useTimeZone('UTC');

  it('has what it has by cells: the same sums, requests, gaps and parts that are known', () => {
    forShapes(shape => {
      const ledger = new MemoryLedger();
      process.env.TZ = shape.zone;
      const { spans } = furnish(shape, ledger);
      for (const span of spans)
        assert.deepEqual(sumsOfRange(ledger, span, true), sumsOfRange(ledger, span, false));
      ledger.close();
    }, 120);
  });

  it('has the same in another zone, before and after its days are rebuilt', () => {
    forShapes(shape => {
      const ledger = new MemoryLedger();
      process.env.TZ = 'America/New_York';
      const { spans } = furnish(shape, ledger);
      process.env.TZ = shape.zone;
      const before = spans.map(span => sumsOfRange(ledger, span, true));
      assert.deepEqual(
        before,
        spans.map(span => sumsOfRange(ledger, span, false)),
      );
      while (ledger.table.keysToRebuild().length > 0) ledger.rebuildDays();
      assert.deepEqual(
        spans.map(span => sumsOfRange(ledger, span, true)),
        before,
      );
      ledger.close();
    }, 60);
  });

  it('is the plain sum of its rows by the local day of each, where one log by one scale tells all', () => {
    forShapes(shape => {
      const ledger = new MemoryLedger();
      process.env.TZ = shape.zone;
      const log = madeUpLog(shape);
      const end = (log.at(-1)?.writtenAt ?? shape.start) + DAY;
      ledger.takeIn(askAccount(log, { from: shape.start - DAY, to: end }, end + HOUR, USD));
      const { sums } = sumsOfRange(ledger, { from: (shape.start - DAY) * 1000, to: end * 1000 }, true);
      const plain = sumsBy(log, ({ at, model }) =>
        [localDay(at * 1000), model, 'USD', USD.perUnit].join(' '),
      );
      assert.deepEqual(sums, withoutNothing(plain));
      ledger.close();
    }, 60);
  });
}).timeout(120_000);
