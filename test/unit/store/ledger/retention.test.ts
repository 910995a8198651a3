import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { databasePath } from '../../../../src/store/database.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, row, START, sum, takeIn } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const DAY = 86_400;

describe('how long the ledger is kept', () => {
  useTimeZone('UTC');
  let folder: string;
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, (opened, at) => {
    store = opened;
    folder = at;
  });

  /** Deletes what was spent before, in as many steps as it takes. Returns how many. */
  const deleteBefore = (second: number) => {
    for (let steps = 1; ; steps++)
      if (!store.transaction(() => store.ledger.deleteBefore((START + second) * 1000))) return steps;
  };
  const names = () => {
    const file = new DatabaseSync(databasePath(folder), { readOnly: true });
    const rows = file.prepare('SELECT name FROM spend_names ORDER BY name').all();
    file.close();
    return rows.map(({ name }) => name);
  };

  it('ends with cells, coverage and days before a moment, and the rest stays', () => {
    takeIn(store, answer(0, 3 * DAY, [row(10, 1, 'old'), row(DAY - 1, 2), row(DAY, 4), row(2 * DAY, 8)]));
    assert.equal(deleteBefore(DAY), 1);
    assert.deepEqual(cells(store), [
      [DAY, 'm', 4, 1],
      [2 * DAY, 'm', 8, 1],
    ]);
    assert.deepEqual(covered(store), [[DAY, 3 * DAY, 'keyLog']]);
    const days = store.ledger.spendByDay('2026-06-01', '2026-06-30');
    assert.deepEqual(
      days.map(({ day, raw }) => [day, raw]),
      [
        ['2026-06-16', 4],
        ['2026-06-17', 8],
      ],
    );
  });

  it('keeps a sum that ends after the moment, and spans that are all before it are not covered', () => {
    const told = answer(0, 3 * DAY, [sum(0, DAY, 1), sum(DAY, DAY, 2)], { source: 'dailySums' });
    takeIn(store, told);
    takeIn(store, answer(-9 * DAY, -8 * DAY, [], { source: 'hourlySums' }));
    takeIn(store, answer(-7 * DAY, -6 * DAY, [], { source: 'hourlySums' }));
    deleteBefore(1.5 * DAY);
    assert.deepEqual(cells(store, 'dailySums'), [[DAY, 'm', 2, 1]]);
    assert.deepEqual(covered(store), [[1.5 * DAY, 3 * DAY, 'dailySums']]);
  });

  it('is ended in steps, so that none takes long', () => {
    const rows = Array.from({ length: 2500 }, (_, index) => row(index * 900, 1, `m${index % 2}`));
    takeIn(store, answer(0, 60 * DAY, rows));
    takeIn(store, answer(0, 60 * DAY, rows), { id: 'b' });
    // Each of four lines has 1250 quarters, as many seconds and 27 days; a step ends when two thousand rows are gone.
    assert.equal(deleteBefore(60 * DAY), 4);
    assert.deepEqual([cells(store), store.ledger.spendByDay('2026-01-01', '2026-12-31')], [[], []]);
  });

  it('leaves no name of what is gone', () => {
    takeIn(store, answer(0, DAY, [row(10, 1, 'secret project', 'nobody')], { source: 'accountLog' }));
    takeIn(store, answer(0, DAY, [row(10, 1, 'm')]), { id: 'b' });
    assert.deepEqual(names(), ['', 'm', 'nobody', 'secret project']);
    store.transaction(() => store.ledger.eraseKey('a'));
    assert.deepEqual(names(), ['', 'm']);
    deleteBefore(DAY);
    assert.deepEqual(names(), []);
  });

  it('takes in again what a whole log still has', () => {
    const log = answer(undefined, 3 * DAY, [row(10, 1), row(2 * DAY, 2)]);
    takeIn(store, log);
    deleteBefore(DAY);
    takeIn(store, log);
    assert.deepEqual(covered(store), [[0, 3 * DAY, 'keyLog']]);
    assert.deepEqual(cells(store), [
      [0, 'm', 1, 1],
      [2 * DAY, 'm', 2, 1],
    ]);
  });
});
