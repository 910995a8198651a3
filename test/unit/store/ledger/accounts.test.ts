import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, row, START, takeIn } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const QUARTER = 900;
const ACCOUNT = { source: 'accountLog' } as const;

describe('the ledger of an account’s log', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, opened => {
    store = opened;
  });

  it('tells whose key it was', () => {
    takeIn(store, answer(0, 100, [row(10, 1, 'm', 'ci'), row(10, 2, 'm', 'dev')], ACCOUNT));
    const told = store.ledger.cellsOf('a', 'accountLog', { from: 0, to: 1e15 });
    assert.deepEqual(
      told.map(({ keyName, raw }) => [keyName, raw]),
      [
        ['ci', 1],
        ['dev', 2],
      ],
    );
  });

  it('goes on from the beginning of the quarter in which it ended', () => {
    takeIn(store, answer(0, 1000, [row(10, 1), row(950, 2)], ACCOUNT));
    takeIn(store, answer(QUARTER, 2000, [row(950, 2), row(1100, 4), row(1900, 8)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 6, 2],
      [2 * QUARTER, 'm', 8, 1],
    ]);
    assert.deepEqual(covered(store), [[0, 2000, 'accountLog']]);
    takeIn(store, answer(2 * QUARTER, 2400, [row(1900, 8), row(2300, 16)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog').at(-1), [2 * QUARTER, 'm', 24, 2]);
    assert.deepEqual(covered(store), [[0, 2400, 'accountLog']]);
  });

  it('keeps a quarter as it was in which an amount can no longer be stored', () => {
    const rows = [row(10, 1), row(950, 2), row(1900, 4)];
    takeIn(store, answer(0, 3 * QUARTER, rows, ACCOUNT));
    takeIn(store, answer(0, 3 * QUARTER, [...rows, row(1000, 1e300), row(1901, 8)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 2, 1],
      [2 * QUARTER, 'm', 12, 2],
    ]);
    assert.deepEqual(covered(store), [[0, 3 * QUARTER, 'accountLog']]);
  });

  it('takes no name and model for another two of the same letters', () => {
    takeIn(store, answer(0, 100, [row(10, 1, 'bc', 'a'), row(10, 2, 'c', 'ab')], ACCOUNT));
    const told = store.ledger.cellsOf('a', 'accountLog', { from: 0, to: 1e15 });
    assert.deepEqual(
      told.map(({ keyName, model, raw }) => [keyName, model, raw]),
      [
        ['a', 'bc', 1],
        ['ab', 'c', 2],
      ],
    );
  });

  it('begins with the next quarter where an answer begins within one of which it knows a part', () => {
    takeIn(store, answer(0, 100, [row(10, 1)], ACCOUNT));
    takeIn(store, answer(200, 2000, [row(300, 2), row(950, 4)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 4, 1],
    ]);
    assert.deepEqual(covered(store), [
      [0, 100, 'accountLog'],
      [QUARTER, 2000, 'accountLog'],
    ]);
  });

  it('ends with the quarter before where an older answer ends within one of which more is known', () => {
    takeIn(store, answer(QUARTER, 2000, [row(950, 4), row(1900, 8)], ACCOUNT));
    takeIn(store, answer(0, 1850, [row(10, 1), row(950, 4)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 4, 1],
      [2 * QUARTER, 'm', 8, 1],
    ]);
    assert.deepEqual(covered(store), [[0, 2000, 'accountLog']]);
  });

  it('fills a gap, and nothing around it changes', () => {
    takeIn(store, answer(0, QUARTER, [row(10, 1)], ACCOUNT));
    takeIn(store, answer(2 * QUARTER, 3 * QUARTER, [row(1900, 4)], ACCOUNT));
    takeIn(store, answer(QUARTER, 2 * QUARTER, [row(950, 2)], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 2, 1],
      [2 * QUARTER, 'm', 4, 1],
    ]);
    assert.deepEqual(covered(store), [[0, 3 * QUARTER, 'accountLog']]);
  });

  it('keeps what the gateway has deleted since', () => {
    takeIn(store, answer(0, 2 * QUARTER, [row(10, 1), row(950, 2)], ACCOUNT));
    takeIn(store, answer(0, 3 * QUARTER, [row(950, 2), row(1900, 4)], ACCOUNT));
    takeIn(store, answer(0, 3 * QUARTER, [], ACCOUNT));
    assert.deepEqual(cells(store, 'accountLog'), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 2, 1],
      [2 * QUARTER, 'm', 4, 1],
    ]);
  });

  it('tells seconds of no quarter in which something was spent', () => {
    takeIn(store, answer(0, 3 * QUARTER, [row(10, 1)], ACCOUNT));
    const secondsOf = (from: number, to: number) =>
      store.ledger.secondsOf('a', 'accountLog', { from: (START + from) * 1000, to: (START + to) * 1000 });
    assert.equal(secondsOf(100, 2000), undefined);
    assert.deepEqual(secondsOf(QUARTER, 2000), []);
  });
});
