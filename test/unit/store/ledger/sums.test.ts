import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, START, sum, takeIn, USD } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOURLY = { source: 'hourlySums' } as const;
const DAILY = { source: 'dailySums' } as const;

describe('the ledger of sums that a gateway tells', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, opened => {
    store = opened;
  });

  it('holds each sum once, however often it is told, and the last figure of it', () => {
    takeIn(store, answer(0, 2 * HOUR, [sum(0, HOUR, 1), sum(HOUR, HOUR, 2)], HOURLY));
    takeIn(store, answer(HOUR, 3 * HOUR, [sum(HOUR, HOUR, 3), sum(2 * HOUR, HOUR, 4)], HOURLY));
    assert.deepEqual(cells(store, 'hourlySums'), [
      [0, 'm', 1, 1],
      [HOUR, 'm', 3, 1],
      [2 * HOUR, 'm', 4, 1],
    ]);
    assert.deepEqual(covered(store), [[0, 3 * HOUR, 'hourlySums']]);
  });

  it('keeps sums that the gateway has deleted since', () => {
    takeIn(store, answer(0, 2 * HOUR, [sum(0, HOUR, 1), sum(HOUR, HOUR, 2)], HOURLY));
    takeIn(store, answer(0, 3 * HOUR, [sum(2 * HOUR, HOUR, 4)], HOURLY));
    takeIn(store, answer(0, 4 * HOUR, [], HOURLY));
    assert.deepEqual(cells(store, 'hourlySums'), [
      [0, 'm', 1, 1],
      [HOUR, 'm', 2, 1],
      [2 * HOUR, 'm', 4, 1],
    ]);
    assert.deepEqual(covered(store), [[0, 4 * HOUR, 'hourlySums']]);
  });

  it('is told by models that come and go', () => {
    takeIn(store, answer(0, HOUR, [sum(0, HOUR, 1), sum(0, HOUR, 2, 'n')], HOURLY));
    takeIn(store, answer(0, HOUR, [sum(0, HOUR, 4, 'n')], HOURLY));
    assert.deepEqual(cells(store, 'hourlySums'), [[0, 'n', 4, 1]]);
  });

  it('replaces the sum of a day that goes on', () => {
    takeIn(store, answer(0, 7 * HOUR, [sum(0, 7 * HOUR, 1)], DAILY));
    takeIn(store, answer(0, 9 * HOUR, [sum(0, 9 * HOUR, 5)], DAILY));
    assert.deepEqual(cells(store, 'dailySums'), [[0, 'm', 5, 1]]);
    assert.deepEqual(covered(store), [[0, 9 * HOUR, 'dailySums']]);
  });

  it('does not cover a sum that reaches out of what is complete', () => {
    takeIn(
      store,
      answer(1200, 3 * HOUR, [sum(0, HOUR, 1), sum(HOUR, HOUR, 2), sum(2.5 * HOUR, HOUR, 4)], HOURLY),
    );
    assert.deepEqual(cells(store, 'hourlySums'), [[HOUR, 'm', 2, 1]]);
    assert.deepEqual(covered(store), [[HOUR, 2.5 * HOUR, 'hourlySums']]);
  });

  it('keeps a sum that reaches out of a later answer, and covers the rest by that', () => {
    takeIn(store, answer(0, DAY, [sum(0, DAY, 1)], DAILY));
    takeIn(store, answer(HOUR, 3 * DAY, [sum(HOUR, DAY, 2), sum(2 * DAY, DAY, 4)], DAILY));
    assert.deepEqual(cells(store, 'dailySums'), [
      [0, 'm', 1, 1],
      [2 * DAY, 'm', 4, 1],
    ]);
    assert.deepEqual(covered(store), [
      [0, DAY, 'dailySums'],
      [DAY + HOUR, 3 * DAY, 'dailySums'],
    ]);
  });

  it('covers nothing where two sums overlap: their time would count twice', () => {
    takeIn(
      store,
      answer(0, 3 * HOUR, [sum(0, 2 * HOUR, 1), sum(HOUR, HOUR, 2), sum(2 * HOUR, HOUR, 4)], HOURLY),
    );
    assert.deepEqual(cells(store, 'hourlySums'), [[2 * HOUR, 'm', 4, 1]]);
    assert.deepEqual(covered(store), [[2 * HOUR, 3 * HOUR, 'hourlySums']]);
  });

  it('covers no record that does not say how long it lasts', () => {
    const { lasts, ...moment } = sum(600, 1, 1);
    takeIn(store, answer(0, HOUR, [moment], HOURLY));
    assert.equal(lasts, 1);
    assert.deepEqual(covered(store), [
      [0, 600, 'hourlySums'],
      [601, HOUR, 'hourlySums'],
    ]);
    assert.deepEqual(cells(store, 'hourlySums'), []);
  });

  it('counts money to the millionth where amounts are in the unit', () => {
    const scale = { unit: USD.unit, perUnit: 1 };
    takeIn(store, answer(0, DAY, [sum(0, DAY, 0.1234567)], { ...DAILY, scale }));
    assert.deepEqual(cells(store, 'dailySums'), [[0, 'm', 0.123457, 1]]);
  });

  it('counts a new scale from where the old one ends', () => {
    const scale = { ...USD, perUnit: 1000 };
    takeIn(store, answer(0, DAY, [sum(0, DAY, 1)], DAILY));
    takeIn(store, answer(0, 2 * DAY, [sum(0, DAY, 2), sum(DAY, DAY, 4)], { ...DAILY, scale }));
    const told = store.ledger.cellsOf('a', 'dailySums', { from: 0, to: 1e15 });
    assert.deepEqual(
      told.map(({ raw, perUnit }) => [raw, perUnit]),
      [
        [1, 500_000],
        [4, 1000],
      ],
    );
    assert.deepEqual(covered(store), [[0, 2 * DAY, 'dailySums']]);
  });

  it('keeps a sum as it was of which the amount can no longer be stored', () => {
    const days = (raw: number) => [sum(0, DAY, 1), sum(DAY, DAY, raw), sum(2 * DAY, DAY, 4)];
    takeIn(store, answer(0, 3 * DAY, days(2), DAILY));
    takeIn(store, answer(0, 3 * DAY, [...days(1e300), sum(2 * DAY, DAY, 8)], DAILY));
    assert.deepEqual(cells(store, 'dailySums'), [
      [0, 'm', 1, 1],
      [DAY, 'm', 2, 1],
      [2 * DAY, 'm', 12, 2],
    ]);
    assert.deepEqual(covered(store), [[0, 3 * DAY, 'dailySums']]);
  });
});
