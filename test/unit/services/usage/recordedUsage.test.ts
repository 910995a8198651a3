import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Unit } from '../../../../src/core/quota/unit.ts';
import { recordedInOtherUnits, recordedUsage } from '../../../../src/services/usage/recordedUsage.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { DAY, HOUR, keyRecord, MINUTE } from '../../support/samples.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const CNY = { code: 'CNY', source: 'setting' } as const;
/** A full hour by the local clock. */
const START = new Date(2026, 0, 10, 12).getTime();

describe('what our own readings say was spent', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), START);
    store.transaction(() =>
      store.keys.addKey(keyRecord('id', { label: 'Team', fingerprint: 'f1', createdAt: START })),
    );
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const append = (ms: number, used: number, unit: Unit = USD) =>
    store.transaction(() => store.history.appendReading('id', unit, { at: START + ms, used }, START + ms));

  /** A dime every five minutes from 12:00 to 13:55, and what follows, merged by the hour. */
  function mergedHours(): void {
    for (let step = 0; step < 24; step++) append(step * 5 * MINUTE, step / 10);
    mergeAll();
  }

  function mergeAll(): void {
    const compaction = store.compaction;
    const spans = compaction.spansToCompact({ rawDays: 30, hourlyDays: 365 }, START + 40 * DAY);
    for (const keyNo of compaction.keysToCompact())
      store.transaction(() => compaction.compactKey(keyNo, spans));
  }

  const usage = (from: number, to: number) => {
    const found = recordedUsage(store, 'id', USD, { from: START + from, to: START + to });
    return [found?.total?.used, found?.coverage.complete, found?.coverage.reason];
  };

  it('a range over whole merged hours has all of it', () => {
    mergedHours();
    assert.deepEqual(usage(0, 115 * MINUTE), [2.3, true, undefined]);
    assert.deepEqual(usage(58 * MINUTE, 115 * MINUTE), [1.2, true, undefined]);
  });

  it('keeps through merging that a budget was reset unseen', () => {
    const look = (ms: number, used: number, resets: number) => {
      const resetsAt = new Date(START + resets).toISOString();
      const point = { at: START + ms, used, resetsAt };
      store.transaction(() => store.history.appendReading('id', USD, point, START + ms));
    };
    look(0, 5, HOUR);
    look(HOUR + MINUTE, 1, DAY);
    look(HOUR + 6 * MINUTE, 1.5, DAY);
    const expected = [1.5, false, 'recorded-gaps'];
    assert.deepEqual(usage(0, 66 * MINUTE), expected);
    mergeAll();
    assert.deepEqual(usage(0, 66 * MINUTE), expected);
  });

  it('has a row of its own for a budget that was reset unseen with the figures of before', () => {
    const look = (ms: number, resets: number) => {
      const resetsAt = new Date(START + resets).toISOString();
      const point = { at: START + ms, used: 0, resetsAt };
      store.transaction(() => store.history.appendReading('id', USD, point, START + ms));
    };
    look(0, HOUR);
    look(HOUR + MINUTE, DAY);
    assert.deepEqual(usage(0, 61 * MINUTE), [0, false, 'recorded-gaps']);
  });

  it('a range that begins within a merged hour has its part of it, and says so', () => {
    mergedHours();
    // 1.20 dollars from 13:00 to 13:55, of which 13:33 to 13:55 are two fifths.
    assert.deepEqual(usage(93 * MINUTE, 115 * MINUTE), [0.48, false, 'recorded-merged']);
  });

  it('a range that begins within a merged hour lacks no time of before it', () => {
    // Read an hour before midnight and then every five minutes from noon on, which notices a dollar of before.
    append(-13 * HOUR, 0);
    for (let step = 0; step < 12; step++) append(step * 5 * MINUTE, 1 + step / 10);
    append(70 * MINUTE, 2.1);
    mergeAll();
    const range = { from: START + 11 * MINUTE, to: START + 70 * MINUTE };
    const { coverage } = recordedUsage(store, 'id', USD, range) ?? {};
    assert.deepEqual([coverage?.reason, coverage?.gaps], ['recorded-merged', undefined]);
  });

  it('a range that ends within a merged hour likewise', () => {
    mergedHours();
    // 1.10 from 12:00 to 12:55, and three fifths of the hour after.
    assert.deepEqual(usage(0, 93 * MINUTE), [1.82, false, 'recorded-merged']);
  });

  it('parts that meet add up to the whole', () => {
    mergedHours();
    const parts = [usage(0, 80 * MINUTE), usage(80 * MINUTE, 115 * MINUTE)].map(([used]) => Number(used));
    assert.equal(parts.reduce((sum, part) => sum + part, 0).toFixed(9), '2.300000000');
  });

  it('a range that nobody watched at its end is not complete', () => {
    append(0, 1);
    append(HOUR, 2);
    assert.deepEqual(usage(0, HOUR), [1, true, undefined]);
    store.transaction(() =>
      store.states.saveState({
        keyId: 'id',
        failures: 9,
        checkedAt: START + 3 * DAY,
        dueAt: START + 3 * DAY,
      }),
    );
    assert.deepEqual(usage(0, 2 * DAY), [1, false, 'recorded-gaps']);
  });

  it('a range that begins before anybody looked is not complete, by however little', () => {
    append(HOUR, 1);
    append(2 * HOUR, 2);
    assert.deepEqual(usage(HOUR - MINUTE, 2 * HOUR), [1, false, 'recorded-gaps']);
    assert.deepEqual(usage(HOUR, 2 * HOUR), [1, true, undefined]);
  });

  it('a look after a long time tells what was spent, and that nobody looked', () => {
    append(0, 1);
    append(3 * DAY, 4);
    assert.deepEqual(usage(0, 3 * DAY), [3, false, 'recorded-gaps']);
    // All of it may be of the first two days.
    assert.deepEqual(usage(2 * DAY, 3 * DAY), [0, false, 'recorded-gaps']);
  });

  it('spend that the last reading showed is of the time before it, evenly where that is an hour at most', () => {
    append(0, 1);
    append(HOUR, 3);
    assert.deepEqual(usage(HOUR, 2 * HOUR), [undefined, undefined, undefined]);
    assert.deepEqual(usage(HOUR / 4, 2 * HOUR), [1.5, true, undefined]);
    append(3 * HOUR, 4);
    assert.deepEqual(usage(2 * HOUR, 3 * HOUR), [0, false, 'recorded-gaps']);
    assert.deepEqual(usage(HOUR, 3 * HOUR), [1, true, undefined]);
  });

  it('a range that ends before a reading has its part of what that noticed, where the time is an hour at most', () => {
    append(0, 1);
    append(HOUR, 3);
    append(3 * HOUR, 4);
    assert.deepEqual(usage(0, HOUR / 4 - 1), [0.5, true, undefined]);
    assert.deepEqual(usage(0, 2 * HOUR - 1), [2, false, 'recorded-gaps']);
    append(5 * HOUR, 4);
    assert.deepEqual(usage(0, 4 * HOUR - 1), [3, true, undefined], 'nothing was spent in between');
  });

  it('spend over midnight is of both days evenly within an hour, and else of neither', () => {
    const days = (used: number, at: number) => {
      append(12 * HOUR - 15 * MINUTE, 1);
      append(12 * HOUR + at, used);
      append(14 * HOUR, used + 1);
      const found = recordedUsage(store, 'id', USD, {
        from: START + 12 * HOUR - 15 * MINUTE,
        to: START + 14 * HOUR,
      });
      return [found?.total?.used, found?.byDay?.map(({ name, used }) => [name, used]), found?.coverage.gaps];
    };
    const [first, second] = ['2026-01-10', '2026-01-11'];
    assert.deepEqual(days(5, 45 * MINUTE), [
      5,
      [
        [first, 1],
        [second, 4],
      ],
      undefined,
    ]);
    store.transaction(() => store.history.eraseKey('id'));
    const gap = {
      from: new Date(START + 12 * HOUR - 15 * MINUTE).toISOString(),
      to: new Date(START + 12 * HOUR + 46 * MINUTE).toISOString(),
    };
    assert.deepEqual(days(5, 46 * MINUTE), [5, [[second, 1]], [gap]]);
  });

  it('a loss counts to the range that begins with the reading after it, and to none that begins later', () => {
    const look = (ms: number, resets: number) => {
      const point = { at: START + ms, used: 0, resetsAt: new Date(START + resets).toISOString() };
      store.transaction(() => store.history.appendReading('id', USD, point, START + ms));
    };
    look(0, HOUR);
    look(HOUR + MINUTE, DAY);
    look(3 * HOUR, DAY);
    assert.deepEqual(usage(HOUR + MINUTE, 3 * HOUR), [0, false, 'recorded-gaps']);
    assert.deepEqual(usage(2 * HOUR, 3 * HOUR), [0, true, undefined]);
  });

  describe('in units that it was counted in before', () => {
    const others = (from: number, to: number) =>
      recordedInOtherUnits(store, 'id', USD, { from: START + from, to: START + to }).map(each => [
        each.unit.code,
        each.total?.used,
        each.coverage.complete,
      ]);

    it('stands for itself, as far as it reaches into the range', () => {
      append(0, 10, CNY);
      append(HOUR, 17, CNY);
      append(2 * HOUR, 1);
      append(3 * HOUR, 2);
      assert.deepEqual(others(0, 3 * HOUR), [['CNY', 7, false]]);
      assert.deepEqual(others(90 * MINUTE, 3 * HOUR), [], 'nothing of it in the range');
      assert.deepEqual(usage(0, 3 * HOUR), [1, false, 'recorded-anew']);
    });

    it('is nothing where one reading alone was in that unit', () => {
      append(HOUR, 17, CNY);
      append(2 * HOUR, 1);
      append(3 * HOUR, 2);
      assert.deepEqual(others(0, 3 * HOUR), []);
    });
  });
});
