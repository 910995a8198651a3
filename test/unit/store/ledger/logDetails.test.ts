import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import type { SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import { databasePath } from '../../../../src/store/database.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, row, START, takeIn, USD } from '../../support/ledgerSetup.ts';
import { MemoryLedger } from '../../support/memoryLedger.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const QUARTER = 900;

describe('the ledger of a log, in detail,', () => {
  useTimeZone('UTC');
  let folder: string;
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, (opened, at) => {
    store = opened;
    folder = at;
  });

  it('covers no hole of an answer, and remembers all that it held', () => {
    const told = answer(0, 1000, [row(100, 1), row(300, 2), row(600, 4)]);
    takeIn(store, { ...told, holes: [{ from: START + 300, to: START + 301 }], unreadable: 1 });
    assert.deepEqual(covered(store), [
      [0, 300, 'keyLog'],
      [301, 1000, 'keyLog'],
    ]);
    assert.deepEqual(cells(store), [[0, 'm', 5, 2]]);
    const { rows, span, raw } = store.ledger.progressOf('a', 'keyLog') ?? assert.fail();
    assert.deepEqual([rows, raw, span?.from, span?.to], [3, 7, (START + 100) * 1000, (START + 601) * 1000]);
  });

  it('does not cover a second with an amount that cannot be stored', () => {
    const most = Number.MAX_SAFE_INTEGER;
    takeIn(store, answer(0, 100, [row(10, 1), row(20, 1e300), row(30, most), row(30, 1), row(40, 2)]));
    assert.deepEqual(covered(store), [
      [0, 20, 'keyLog'],
      [21, 30, 'keyLog'],
      [31, 100, 'keyLog'],
    ]);
    assert.deepEqual(cells(store), [[0, 'm', 3, 2]]);
  });

  it('reads sums that are larger than numbers are exact', () => {
    const most = Number.MAX_SAFE_INTEGER;
    takeIn(store, answer(0, 100, [row(10, most), row(20, most)]));
    assert.deepEqual(cells(store), [[0, 'm', 2 * most, 2]]);
    assert.equal(store.ledger.spendByDay('2026-06-15', '2026-06-15')[0]?.raw, 2 * most);
    assert.equal(store.ledger.spendByPeriod(['2026-06-01'], '2026-07-01')[0]?.raw, 2 * most);
  });

  it('ignores rows without a whole second, and an amount without end', () => {
    const endless = row(30, Number.POSITIVE_INFINITY);
    takeIn(store, answer(0, 100, [row(Number.NaN, 1), row(10.5, 2), row(20, 4), endless]));
    assert.deepEqual(cells(store), [[0, 'm', 4, 1]]);
    const { rows, span, raw } = store.ledger.progressOf('a', 'keyLog') ?? {};
    assert.deepEqual([rows, raw], [4, 7]);
    assert.deepEqual(span, { from: (START + 20) * 1000, to: (START + 31) * 1000 });
  });

  it('covers no time before 1970, and none beyond every calendar', () => {
    const told = answer(0, 100, [row(-START - 50, 1), row(10, 2), row(1e14, 4)]);
    takeIn(store, { ...told, complete: { from: -100, to: 1e15 } });
    assert.deepEqual(store.ledger.coverageOf('a'), [{ source: 'keyLog', from: 0, to: 1e14 }]);
    assert.deepEqual(cells(store), [[0, 'm', 2, 1]]);
    assert.equal(store.ledger.spendByDay('1960-01-01', '9999-12-31').length, 1);
  });

  it('keeps what the gateway has deleted since within a quarter', () => {
    takeIn(store, answer(0, 100, [row(10, 1), row(50, 2)]));
    takeIn(store, answer(5, 200, [row(50, 2), row(150, 4)]));
    assert.deepEqual(cells(store), [[0, 'm', 7, 3]]);
  });

  it('sees within a quarter that a log was cleared', () => {
    takeIn(store, answer(5, 100, [row(10, 1)]));
    takeIn(store, answer(undefined, 300, [row(200, 2)]));
    assert.deepEqual(covered(store), [
      [5, 100, 'keyLog'],
      [200, 300, 'keyLog'],
    ]);
    assert.deepEqual(cells(store), [[0, 'm', 3, 2]]);
  });

  it('tells seconds of its newest part, and not of quarters before that', () => {
    const secondsOf = (from: number, to: number) =>
      store.ledger
        .secondsOf('a', 'keyLog', { from: (START + from) * 1000, to: (START + to) * 1000 })
        ?.map(({ from, to, model, raw }) => [from / 1000 - START, to / 1000 - START, model, raw]);
    takeIn(store, answer(0, 2000, [row(10, 1), row(11, 2, 'n'), row(11, 4, 'n'), row(1000, 8)]));
    assert.deepEqual(secondsOf(0, 1000), [
      [10, 11, 'm', 1],
      [11, 12, 'n', 6],
    ]);
    assert.deepEqual(secondsOf(10, 11), [[10, 11, 'm', 1]]);
    // Rows of which the end is not known yet change nothing of what is kept.
    takeIn(store, answer(12, 2010, [row(5000, 16)]));
    assert.deepEqual(secondsOf(10, 11), [[10, 11, 'm', 1]]);
    takeIn(store, answer(501, 3000, [row(1000, 8), row(2500, 32)]));
    assert.equal(secondsOf(10, 11), undefined);
    assert.deepEqual(secondsOf(QUARTER, 3000), [
      [1000, 1001, 'm', 8],
      [2500, 2501, 'm', 32],
    ]);
    // A quarter in which nothing was spent has no seconds to tell.
    takeIn(store, answer(2501, 9000, [row(8500, 64)]));
    assert.deepEqual(secondsOf(4000, 5000), []);
  });

  it('takes in each figure of a row that has become another', () => {
    const told = row(10, 1);
    const others = [{ raw: 2 }, { requests: 2 }, { promptTokens: 11 }, { completionTokens: 2 }];
    for (const other of others) {
      takeIn(store, answer(0, 100, [told]));
      takeIn(store, answer(0, 100, [{ ...told, ...other }]));
      const [cell] = store.ledger.cellsOf('a', 'keyLog', { from: 0, to: 1e15 });
      const { raw, requests, promptTokens, completionTokens } = { ...told, ...other };
      assert.deepEqual(
        [cell?.raw, cell?.requests, cell?.promptTokens, cell?.completionTokens],
        [raw, requests, promptTokens, completionTokens],
      );
    }
  });

  it('writes nothing of what it has but when it was told', () => {
    const ledger = new MemoryLedger();
    const changes = () =>
      Number(ledger.database.prepare('SELECT total_changes() AS all_of_them').get()?.all_of_them);
    const told = answer(0, 5000, [row(10, 1), row(20, 2, 'n'), row(4000, 4)]);
    ledger.takeIn(told);
    const before = changes();
    ledger.takeIn(told);
    // The row of the last answer: when it came, how far its end was behind, and since when seconds are kept.
    assert.equal(changes() - before, 3);
    ledger.close();
  });

  describe('of a gateway whose clock is put back', () => {
    const at = (seconds: number) => ({ now: (START + seconds) * 1000 });
    const scale = { ...USD, perUnit: 1000 };
    const perUnits = () =>
      store.ledger
        .cellsOf('a', 'keyLog', { from: 0, to: 1e15 })
        .map(({ from, raw, perUnit }) => [from / 1000 - START, raw, perUnit]);

    it('covers nothing that its clock will come to again', () => {
      takeIn(store, answer(0, 2000, [row(1500, 1)]), at(2010));
      // A little slower is no step.
      takeIn(store, answer(1, 2000, [row(1500, 1)]), at(2130));
      assert.deepEqual(covered(store), [[0, 2000, 'keyLog']]);
      takeIn(store, answer(1, 1000, [row(500, 2)]), at(2200));
      assert.deepEqual(covered(store), [[0, 1000, 'keyLog']]);
      takeIn(store, answer(1, 1700, [row(500, 2), row(1500, 1), row(1600, 4)]), at(2900));
      assert.deepEqual(covered(store), [[0, 1700, 'keyLog']]);
      assert.deepEqual(cells(store), [
        [0, 'm', 2, 1],
        [QUARTER, 'm', 5, 2],
      ]);
    });

    it('counts no row in two scales', () => {
      takeIn(store, answer(0, 2000, [row(500, 1), row(1500, 2)]), at(2010));
      takeIn(store, answer(1, 1000, [row(500, 1)]), at(2200));
      takeIn(store, answer(1, 3000, [row(500, 1), row(1500, 2), row(2500, 4)], { scale }), at(4200));
      assert.deepEqual(perUnits(), [
        [0, 1, 500_000],
        [QUARTER, 2, 1000],
        [2 * QUARTER, 4, 1000],
      ]);
      const days = store.ledger.spendByDay('2026-06-15', '2026-06-15');
      assert.deepEqual(
        days.map(({ raw, perUnit }) => [raw, perUnit]),
        [
          [1, 500_000],
          [6, 1000],
        ],
      );
    });

    it('tells what is covered by which scale', () => {
      takeIn(store, answer(0, 900, [row(500, 1)]), at(2010));
      takeIn(store, answer(901, 1800, [row(1000, 1)], { scale }), at(2020));
      takeIn(store, answer(901, 2700, [row(1000, 1)], { source: 'accountLog', scale }), at(2800));
      takeIn(store, answer(0, 900, [row(500, 1)]), { ...at(2010), fingerprint: 'other' });
      const told = store.ledger
        .coverageByScale('a')
        .map(({ unit, perUnit, covered: spans }) => [
          ...[unit.code, perUnit],
          ...spans.map(({ from, to }) => [from / 1000 - START, to / 1000 - START]),
        ]);
      assert.deepEqual(told, [
        ['USD', 500_000, [0, 900]],
        ['USD', 1000, [901, 2700]],
      ]);
      assert.deepEqual(store.ledger.coverageByScale('gone'), []);
    });

    it('is none for an earlier part of an answer, whose newest is still to come', () => {
      const records = [row(300, 1), row(1500, 4)];
      takeIn(store, answer(0, 2000, records), at(2010));
      const parts = [
        { ...answer(1, 900, [row(300, 1)]), partOf: { records, isLast: false } },
        { ...answer(900, 2100, [row(1500, 4)], { scale }), partOf: { records, isLast: true } },
      ];
      for (const part of parts) takeIn(store, part, at(2110));
      assert.deepEqual(covered(store), [[0, 2100, 'keyLog']]);
      assert.deepEqual(perUnits(), [
        [0, 1, 500_000],
        [QUARTER, 4, 500_000],
      ]);
      const { rows, span, raw, perUnit } = store.ledger.progressOf('a', 'keyLog') ?? {};
      assert.deepEqual([rows, raw, perUnit], [2, 5, 1000]);
      assert.deepEqual(span, { from: (START + 300) * 1000, to: (START + 1501) * 1000 });
    });

    /** An answer of which nothing is known of a second. */
    const withHole = (second: number, told: SpendRecords): SpendRecords => ({
      ...told,
      holes: [{ from: START + second, to: START + second + 1 }],
      unreadable: 1,
    });

    it('is not one whose answer has a hole: what was covered there stays so', () => {
      takeIn(store, answer(0, 1000, [row(300, 1), row(500, 2), row(700, 4)]), at(1010));
      takeIn(store, withHole(500, answer(1, 2000, [row(300, 1), row(700, 4)])), at(2010));
      assert.deepEqual(covered(store), [[0, 2000, 'keyLog']]);
      assert.deepEqual(cells(store), [[0, 'm', 7, 3]]);
    });

    it('is seen by the end of an answer with a hole as well', () => {
      takeIn(store, answer(0, 2000, [row(1500, 1)]), at(2010));
      takeIn(store, withHole(700, answer(1, 1000, [row(500, 2)])), at(2200));
      assert.deepEqual(covered(store), [[0, 1000, 'keyLog']]);
    });

    it('counts no row in two scales where an answer has a hole', () => {
      takeIn(store, answer(0, 1000, [row(300, 1), row(700, 2)]), at(1010));
      const told = answer(1, 2000, [row(300, 1), row(700, 2), row(1500, 4)], { scale });
      takeIn(store, withHole(500, told), at(2010));
      assert.deepEqual(perUnits(), [
        [0, 3, 500_000],
        [QUARTER, 4, 1000],
      ]);
      assert.deepEqual(covered(store), [[0, 2000, 'keyLog']]);
    });
  });

  it('keeps no more by the second than its newest part', () => {
    takeIn(store, answer(0, 2000, [row(10, 1), row(1000, 2)]));
    takeIn(store, answer(501, 3000, [row(1000, 2)], { scale: { ...USD, perUnit: 1000 } }));
    takeIn(store, answer(0, 1500, [row(10, 1), row(1000, 2)]));
    takeIn(store, answer(0, 100, [row(10, 1)], { source: 'accountLog' }), { id: 'b' });
    assert.deepEqual(secondsIn(folder), [START + 1000]);
  });
});

/** The seconds in the table of seconds. */
function secondsIn(folder: string): number[] {
  const file = new DatabaseSync(databasePath(folder), { readOnly: true });
  const rows = file.prepare('SELECT at FROM spend_seconds ORDER BY at').all();
  file.close();
  return rows.map(({ at }) => Number(at));
}
