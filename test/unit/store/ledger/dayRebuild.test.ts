import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, row, START, sum, takeIn } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const QUARTER = 900;

describe('days that are rebuilt after a change of the time zone', () => {
  useTimeZone('UTC');
  let store: SqliteStore;
  useStore(['a'], START * 1000, opened => {
    store = opened;
  });

  const rebuildSome = () => store.transaction(() => store.ledger.rebuildDays('a'));
  const days = () =>
    store.ledger
      .spendByDay('2026-01-01', '2027-12-31', 'a')
      .map(({ day, raw }) => `${day} ${raw}`)
      .toSorted();
  /** At noon of UTC on each of so many days, and an hour before midnight. */
  const spent = (count: number) =>
    Array.from({ length: count }, (_, day) => [
      row(day * DAY + 12 * HOUR, 1),
      row(day * DAY + 23 * HOUR, 1000),
    ]).flat();
  const rebuildAll = () => {
    let steps = 1;
    while (rebuildSome()) steps++;
    return steps;
  };

  it('are made in steps of few cells, however many there are', () => {
    // 96 quarters of 20 models on eight days.
    const rows = Array.from({ length: 8 * 96 * 20 }, (_, at) =>
      row(Math.floor(at / 20) * QUARTER, 1, `m${at % 20}`),
    );
    takeIn(store, answer(0, 8 * DAY, rows, { source: 'accountLog' }));
    process.env.TZ = 'Asia/Kolkata';
    const expected = days();
    // Nine local days of 1,920 cells, of which the first has 1,480: three have less than six thousand, and five more.
    assert.equal(rebuildAll(), 3);
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [[], expected]);
  });

  it('are right all the while, with what is taken in on days that are made and on those that are not', () => {
    takeIn(store, answer(0, 100 * DAY, spent(100), { source: 'accountLog' }));
    process.env.TZ = 'Asia/Kolkata';
    assert.equal(rebuildSome(), true);
    assert.deepEqual(store.ledger.keysToRebuild(), ['a']);
    // START is the midnight of 15 June: what was spent late counts on the next day of Kolkata.
    const [first, second] = days();
    assert.deepEqual([first, second], ['2026-06-15 1', '2026-06-16 1001']);
    const again = (day: number) => {
      const rows = [row(day * DAY + 12 * HOUR, 7), row(day * DAY + 23 * HOUR, 1000)];
      takeIn(store, answer(day * DAY, (day + 1) * DAY, rows, { source: 'accountLog' }));
    };
    for (const day of [3, 60]) again(day);
    const expected = days();
    assert.deepEqual([expected[3], expected[60]], ['2026-06-18 1007', '2026-08-14 1007']);
    rebuildAll();
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [[], expected]);
    again(4);
    assert.equal(days()[4], '2026-06-19 1007', 'as ever afterwards');
  });

  it('are made from the first on where the zone changes again, and are those of before where it comes back', () => {
    takeIn(store, answer(0, 100 * DAY, spent(100), { source: 'accountLog' }));
    const inUtc = days();
    process.env.TZ = 'Asia/Kolkata';
    rebuildSome();
    process.env.TZ = 'Asia/Tokyo';
    const inTokyo = days();
    rebuildAll();
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [[], inTokyo]);
    process.env.TZ = 'Asia/Kolkata';
    rebuildSome();
    process.env.TZ = 'UTC';
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [['a'], inUtc]);
    rebuildAll();
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [[], inUtc]);
  });

  it('have a sum that reaches into the day after the last', () => {
    // Kolkata's midnight is 18:30 of UTC.
    const sums = [sum(0, HOUR, 1), sum(18 * HOUR, 9 * HOUR, 5)];
    takeIn(store, answer(0, 40 * DAY, sums, { source: 'dailySums' }));
    process.env.TZ = 'Asia/Kolkata';
    const expected = ['2026-06-15 1', '2026-06-16 5'];
    assert.deepEqual(days(), expected);
    rebuildAll();
    assert.deepEqual([store.ledger.keysToRebuild(), days()], [[], expected]);
  });

  it('of a key without spend are none to be made', () => {
    takeIn(store, answer(0, DAY, []));
    process.env.TZ = 'Asia/Kolkata';
    assert.equal(rebuildSome(), false);
    assert.deepEqual(store.ledger.keysToRebuild(), []);
  });
});
