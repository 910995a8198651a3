import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { SpendSpan } from '../../../../src/core/forecast/spendSpan.ts';
import { dayFrom } from '../../../../src/core/ledger/dayText.ts';
import { keySpendOf } from '../../../../src/core/ledger/keySpend.ts';
import type { LedgerCell, TimeSpan } from '../../../../src/core/ports/ledgerTable.ts';
import type { Store } from '../../../../src/core/ports/store.ts';
import type { KeySpend } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { knownSpendOf } from '../../../../src/services/ledger/knownSpendOf.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { answer, row, START, sum, takeIn } from '../../support/ledgerSetup.ts';
import { HOUR, keyRecord, MINUTE, NOW, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const at = (hour: number, minute: number, second = 0) => Date.UTC(2026, 5, 15, hour, minute, second);
const SCALE = { unit: USD, perUnit: 1 };
const HOURS = { source: 'hourlySums', scale: SCALE } as const;
const OF_ACCOUNT = { source: 'accountLog', scale: SCALE } as const;
const CELL: Omit<LedgerCell, 'from' | 'to' | 'raw'> = {
  source: 'accountLog',
  keyName: '',
  model: 'm',
  unit: USD,
  perUnit: 1,
  requests: 1,
  promptTokens: 1,
  completionTokens: 1,
};

/** What a key spent today until 12:30, with a ledger that has only quarters of an hour and covers all until a moment. */
function today(toldUntil: number, quarters: Readonly<Record<number, number>>, spans: readonly SpendSpan[]) {
  const cells = Object.entries(quarters).map(
    ([from, raw]): LedgerCell => ({ ...CELL, from: Number(from), to: Number(from) + 900_000, raw }),
  );
  const raw = cells.reduce((sum, cell) => sum + cell.raw, 0);
  const within = (span: TimeSpan, time: number) => time >= span.from && time < span.to;
  const ledger = {
    coverageByScale: () => assert.fail('there is one unit only'),
    coverageOf: () => [{ source: 'accountLog', from: at(0, 0), to: toldUntil }],
    spendByDay: () => [{ day: '2026-06-15', unit: USD, perUnit: 1, raw }],
    secondsOf: () => undefined,
    cellsOf: (_id: string, _source: string, span: TimeSpan) => cells.filter(({ from }) => within(span, from)),
  };
  const history = {
    spendSpans: (_id: string, _unit: unknown, from: number, to: number) =>
      spans.filter(span => span.at >= from && span.at <= to),
    spendOver: (_id: string, _unit: unknown, moments: readonly number[]) =>
      moments.flatMap(moment => spans.filter(({ since = moment, at }) => since < moment && moment <= at)),
  };
  const logTries = { formerSecrets: () => [], unloggedUntil: () => undefined };
  const store = { ledger, history, logTries } as unknown as Store;
  const now = at(12, 30);
  const taken = reading({ unit: USD, takenAt: new Date(now).toISOString() });
  return keySpendOf(knownSpendOf(store, 'a', taken, [], now), now)?.today;
}

describe('what is known of a key’s spend, where the ledger has only quarters of an hour', () => {
  useTimeZone('UTC');
  const FIRST: SpendSpan = { since: at(12, 15, 30), at: at(12, 18), spent: 1 };

  it('counts once what readings noticed over the end of what is told', () => {
    const noticed = { since: at(12, 18), at: at(12, 25), spent: 0.5 };
    assert.equal(today(at(12, 24), { [at(12, 15)]: 0.5 }, [noticed]), 0.5);
  });

  it('takes what was noticed earlier in the same quarter for no part of what was noticed since', () => {
    const noticed = { since: at(12, 18), at: at(12, 25), spent: 0.5 };
    // All that is told is the first dollar: the rest came after 12:24.
    assert.equal(today(at(12, 24), { [at(12, 15)]: 1 }, [FIRST, noticed]), 1.5);
    assert.equal(today(at(12, 24), { [at(12, 15)]: 1.25 }, [FIRST, noticed]), 1.5);
  });

  it('takes what began in the quarter before for no part of this one', () => {
    const before = { since: at(12, 14), at: at(12, 18), spent: 1 };
    const noticed = { since: at(12, 18), at: at(12, 25), spent: 0.5 };
    assert.equal(today(at(12, 24), { [at(12, 0)]: 1, [at(12, 15)]: 0.5 }, [before, noticed]), 1.5);
  });
});

describe('what is known of a key’s spend, where readings go on in the middle of an hour or a quarter', () => {
  useTimeZone('UTC');
  let store: SqliteStore;
  beforeEach(() => {
    store = new SqliteStore(tempFolder(), START * 1000);
    store.keys.addKey(keyRecord('a', { fingerprint: 'f', createdAt: 0 }));
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const second = (hour: number, minute: number) => (hour * 60 + minute) * 60;
  /** What it spent, by readings that told so much to be used at some moments. */
  function spendBy(
    readings: readonly (readonly [moment: number, used: number])[],
    now = readings.at(-1)?.[0] ?? 0,
    readAt = now,
    more: Partial<Reading> = {},
  ): KeySpend | undefined {
    const [unit, counter] = [USD, { perUnit: 1, source: 'own', fingerprint: 'f' }];
    for (const [moment, used] of readings)
      store.transaction(() => store.history.appendReading('a', unit, { at: moment, used, counter }, moment));
    const taken = reading({ unit, takenAt: new Date(readAt).toISOString(), ...more });
    const days = store.history.spendByDay('2026-06-01', '2026-06-30');
    return keySpendOf(knownSpendOf(store, 'a', taken, days, now), now);
  }

  it('counts once what the sum of an hour has of what they noticed over its end', () => {
    // Of ten dollars until noon they noticed six by ten to, and five more over noon: four of these are in the sum.
    takeIn(store, answer(0, second(12, 0), [sum(second(11, 0), 3600, 10)], HOURS));
    const readings = [
      [at(11, 0), 0],
      [at(11, 50), 6],
      [at(12, 10), 11],
    ] as const;
    assert.equal(spendBy(readings)?.today, 11);
  });

  it('knows how much of what they noticed over an hour was before it, where nothing was noticed over an earlier one', () => {
    // Two dollars by 9:50; six over ten, of which one is before it by the sum of that hour; eight over eleven.
    const hours = [sum(second(9, 0), 3600, 3), sum(second(10, 0), 3600, 9)];
    takeIn(store, answer(0, second(11, 0), hours, HOURS));
    const readings = [
      [at(9, 0), 0],
      [at(9, 50), 2],
      [at(10, 10), 8],
      [at(10, 50), 10],
      [at(11, 10), 18],
    ] as const;
    assert.equal(spendBy(readings)?.today, 18);
  });

  it('counts once what the log of the minutes after an hour has, beside the sum of that', () => {
    takeIn(store, answer(0, second(12, 0), [sum(second(11, 0), 3600, 10)], HOURS));
    takeIn(store, answer(second(12, 0), second(12, 5), [row(second(12, 2), 3)], OF_ACCOUNT));
    // Eight dollars over noon, of which four are in the sum, three in the log and one is later than that.
    const readings = [
      [at(11, 0), 0],
      [at(11, 50), 6],
      [at(12, 10), 14],
    ] as const;
    assert.equal(spendBy(readings)?.today, 14);
  });

  it('takes from a quarter that a gap ends in what was noticed after it, and nothing that was within the gap', () => {
    takeIn(store, answer(0, second(12, 0), [], OF_ACCOUNT));
    // After the gap four dollars until 12:25, and two more in that quarter.
    const rows = [row(second(12, 22), 4), row(second(12, 28), 2)];
    takeIn(store, answer(second(12, 20), second(12, 40), rows, OF_ACCOUNT));
    // Three within the gap, and five over its end: one of these is not in the ledger.
    const readings = [
      [at(12, 15), 0],
      [at(12, 18), 3],
      [at(12, 25), 8],
      [at(12, 29), 10],
      [at(12, 35), 10],
    ] as const;
    assert.equal(spendBy(readings)?.today, 10);
  });

  it('takes from such a quarter what was noticed over its end, by the quarters after it', () => {
    takeIn(store, answer(0, second(12, 0), [], OF_ACCOUNT));
    const rows = [row(second(12, 22), 4), row(second(12, 28), 2), row(second(12, 32), 3)];
    takeIn(store, answer(second(12, 20), second(12, 40), rows, OF_ACCOUNT));
    // One of the first five is not in the ledger.
    const readings = [
      [at(12, 15), 0],
      [at(12, 25), 5],
      [at(12, 35), 10],
    ] as const;
    assert.equal(spendBy(readings)?.today, 10);
  });

  it('takes nothing for told that an hour over midnight has', () => {
    // Midnight is at 18:15 in UTC.
    process.env.TZ = 'Asia/Kathmandu';
    const hours = [sum(second(18, 0), 3600, 8), sum(second(19, 0), 3600, 2)];
    takeIn(store, answer(0, second(21, 0), hours, HOURS));
    const readings = [
      [at(18, 10), 0],
      [at(18, 20), 0],
      [at(19, 30), 10],
      [at(20, 10), 10],
    ] as const;
    assert.equal(spendBy(readings)?.today, 10);
  });

  it('counts an hour over midnight once, though a reading noticed it more than a day later', () => {
    process.env.TZ = 'Asia/Kathmandu';
    const hours = [sum(second(18, 0), 3600, 4), sum(second(20, 0), 3600, 6)];
    takeIn(store, answer(0, second(40, 0), hours, HOURS));
    const readings = [
      [at(17, 30), 0],
      [at(48, 0), 10],
    ] as const;
    assert.equal(spendBy(readings)?.week, 10);
  });

  it('has no whole day where nothing tells of the time after a reading until the gateway tells again', () => {
    takeIn(store, answer(0, second(12, 0), [], HOURS));
    const readings = [
      [at(11, 0), 0],
      [at(13, 20), 0],
    ] as const;
    assert.equal(spendBy(readings)?.since, '2026-06-15T00:00:00.000Z');
    takeIn(store, answer(second(14, 0), second(15, 0), [], HOURS));
    assert.equal(spendBy([], at(15, 0), at(13, 20))?.since, '2026-06-15T14:00:00.000Z');
  });

  it('has no whole day that began with a counter that fell and came back late', () => {
    const readings = [
      [at(-24, 0), 5],
      [at(-13, 0), 5],
      [at(-2, 0), 5],
      [at(0, 10), 5],
      [at(0, 12), 0.1],
      [at(0, 50), 6],
    ] as const;
    assert.equal(spendBy(readings)?.since, '2026-06-15T00:50:00.000Z');
  });

  it('counts once what the sum of an hour over midnight has, where the gateway’s clock is another', () => {
    // Midnight is at 18:15 in UTC. In its hour from 18:00 on, which is from 18:12 on by our clock, readings noticed
    // all.
    process.env.TZ = 'Asia/Kathmandu';
    takeIn(store, answer(0, second(19, 0), [sum(second(18, 0), 3600, 10)], HOURS));
    const readings = [
      [at(18, 30), 0],
      [at(19, 11), 10],
    ] as const;
    assert.equal(spendBy(readings, at(19, 11), at(19, 11), { clockAheadMs: 12 * MINUTE })?.week, 10);
  });
});

describe('what the database has of days', () => {
  const [usd, cny] = [{ code: 'USD' } as const, { code: 'CNY' } as const];
  const rows = [
    { day: '2026-06-14', unit: usd, raw: 250_000, perUnit: 500_000 },
    { day: '2026-06-15', unit: usd, raw: 500_000, perUnit: 500_000 },
    { day: '2026-06-15', unit: usd, raw: 250, perUnit: 1000 },
    { day: '2026-06-15', unit: cny, raw: 500_000, perUnit: 500_000 },
  ];
  const days = [
    { day: '2026-06-15', unit: usd, spent: 1, watchedMs: HOUR },
    { day: '2026-06-15', unit: usd, spent: 0.5, watchedMs: 2 * HOUR },
    { day: '2026-06-15', unit: cny, spent: 9, watchedMs: 9 * HOUR },
    { day: '2026-06-14', unit: usd, spent: 4, watchedMs: HOUR },
  ];
  const knownAt = (takenAt: number) => {
    const ledger = { coverageOf: () => [], coverageByScale: () => [], spendByDay: () => rows };
    const parts = {
      ledger,
      history: {},
      logTries: { formerSecrets: () => [], unloggedUntil: () => undefined },
    } as unknown as Parameters<typeof knownSpendOf>[0];
    const read = reading({ takenAt: new Date(takenAt).toISOString() });
    return knownSpendOf(parts, 'a', read, days as unknown as Parameters<typeof knownSpendOf>[3], NOW);
  };

  it('is added up by day in the unit of the reading, each row by its own scale', () => {
    const { toldDays, readDays } = knownAt(NOW);
    const [fourteenth, fifteenth] = [dayFrom('2026-06-14'), dayFrom('2026-06-15')];
    assert.deepEqual(
      [...toldDays],
      [
        [fourteenth, 0.5],
        [fifteenth, 1.25],
      ],
    );
    assert.deepEqual(
      [...readDays],
      [
        [fifteenth, { spent: 1.5, watchedMs: 3 * HOUR, isElsewhere: true }],
        [fourteenth, { spent: 4, watchedMs: HOUR }],
      ],
    );
  });

  it('was read when it was, and never later than now', () => {
    assert.deepEqual([knownAt(NOW - HOUR).readAt, knownAt(NOW + HOUR).readAt], [NOW - HOUR, NOW]);
  });
});

describe('what readings noticed of a key', () => {
  useTimeZone('UTC');

  it('is looked up in spans alone in which there may be any', () => {
    const now = at(12, 30);
    const span: SpendSpan = { since: at(12, 15), at: at(12, 18), spent: 1 };
    const old: SpendSpan = { at: now - 60 * 24 * HOUR, spent: 2 };
    let lookups = 0;
    const spendSpans = (_id: string, _unit: unknown, from: number, to: number) => {
      lookups++;
      return [old, span].filter(each => each.at >= from && each.at <= to);
    };
    const store = {
      ledger: { coverageOf: () => [], spendByDay: () => [] },
      history: { spendSpans },
      logTries: { formerSecrets: () => [], unloggedUntil: () => undefined },
    } as unknown as Store;
    const taken = reading({ unit: USD, takenAt: new Date(now).toISOString() });
    const { noticed } = knownSpendOf(store, 'a', taken, [], now);
    // The first of them is looked for once.
    assert.deepEqual(noticed({ from: at(0, 0), to: at(12, 18) - 1 }), []);
    assert.deepEqual(noticed({ from: at(0, 0), to: at(12, 17) }), []);
    assert.equal(lookups, 1);
    assert.deepEqual(noticed({ from: at(0, 0), to: at(12, 18) }), [span]);
    assert.deepEqual(noticed({ from: old.at, to: at(0, 0) }), [old]);
    assert.equal(lookups, 3);
  });
});
