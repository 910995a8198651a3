import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import type { Point } from '../../../src/core/usage/meterPoint.ts';
import type { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders } from '../support/folders.ts';
import { HOUR, MINUTE } from '../support/samples.ts';
import { storeWithKeys } from '../support/storeWithKeys.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const CNY: Unit = { code: 'CNY', source: 'gateway' };
const START = Date.UTC(2026, 5, 15, 12);

describe('the times in which readings show all spend', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = storeWithKeys(['a'], START);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const look = (minute: number, used: number, unit = USD, more: Partial<Point> = {}) => {
    const at = START + minute * MINUTE;
    store.transaction(() => store.history.appendReading('a', unit, { at, used, ...more }, at));
  };
  const watched = (from: number, to: number, unit = USD) =>
    store.history
      .watchedSpans('a', unit, START + from * MINUTE, START + to * MINUTE)
      .map(span => [(span.from - START) / MINUTE, (span.to - START) / MINUTE]);

  it('are those from one reading to the next, within what is asked for', () => {
    look(0, 1);
    look(10, 2);
    look(20, 2);
    look(30, 2);
    look(40, 3);
    assert.deepEqual(watched(-60, 60), [[0, 40]]);
    assert.deepEqual(watched(5, 25), [[5, 25]], 'between two readings as well');
    assert.deepEqual(watched(15, 18), [[15, 18]], 'and while nothing changed');
    assert.deepEqual(watched(41, 60), []);
  });

  it('end before a time without readings that is longer than half a day', () => {
    const halfDay = (12 * HOUR) / MINUTE;
    look(0, 1);
    look(10, 2);
    look(10 + halfDay, 3);
    look(20 + halfDay, 4);
    assert.deepEqual(watched(0, 2000), [[0, 20 + halfDay]]);
    look(21 + 2 * halfDay, 5);
    assert.deepEqual(watched(0, 2000), [[0, 20 + halfDay]]);
  });

  it('are those of one unit, and none across its change', () => {
    look(0, 1);
    look(10, 2);
    look(20, 30, CNY);
    look(30, 40, CNY);
    assert.deepEqual(watched(-60, 60), [[0, 10]]);
    assert.deepEqual(watched(-60, 60, CNY), [[20, 30]]);
  });

  it('lack what a budget’s reset has taken away', () => {
    const resetsAt = (minute: number) => ({ resetsAt: new Date(START + minute * MINUTE).toISOString() });
    look(0, 1, USD, resetsAt(60));
    look(10, 2, USD, resetsAt(60));
    look(90, 1, USD, resetsAt(120));
    look(100, 2, USD, resetsAt(120));
    assert.deepEqual(watched(-60, 200), [
      [0, 10],
      [90, 100],
    ]);
  });

  it('lack the time in which a counter may have been reset, of which only what is certain counts', () => {
    look(0, 5);
    look(10, 5);
    look(20, 0);
    look(60, 5.5);
    look(70, 5.5);
    assert.deepEqual(watched(-60, 200), [
      [0, 20],
      [60, 70],
    ]);
    const [day] = store.history.spendByDay('2026-06-01', '2026-06-30');
    // Half an hour, less one, so that the day is not taken for watched as a whole.
    assert.deepEqual([day?.spent, (day?.watchedMs ?? 0) / MINUTE], [0.5, -30]);
  });

  it('are none of a key that is not there, or was never read', () => {
    assert.deepEqual(watched(-60, 60), []);
    assert.deepEqual(store.history.watchedSpans('gone', USD, 0, START), []);
  });
});
