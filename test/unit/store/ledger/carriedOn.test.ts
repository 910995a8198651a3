import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, row, START, takeIn } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

describe('a ledger that is carried on under another secret', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, opened => {
    store = opened;
  });

  const replaceBy = (fingerprint: string) =>
    store.transaction(() => {
      store.ledger.carryOn('a', fingerprint);
      store.keys.setFingerprint('a', fingerprint);
    });
  const days = () =>
    store.ledger.spendByDay('2026-06-15', '2026-06-15', 'a').reduce((sum, { raw }) => sum + raw, 0);

  it('keeps cells, seconds, coverage and days, and goes on within the same quarter of an hour', () => {
    takeIn(store, answer(0, 1000, [row(10, 3), row(950, 4)]));
    replaceBy('g');
    takeIn(store, answer(1200, 2000, [row(1300, 5)]), { fingerprint: 'g' });
    assert.deepEqual(covered(store), [
      [0, 1000, 'keyLog'],
      [1200, 2000, 'keyLog'],
    ]);
    // 4 and 5 are of the second quarter, 900 to 1800.
    assert.deepEqual(cells(store), [
      [0, 'm', 3, 1],
      [900, 'm', 9, 2],
    ]);
    assert.equal(days(), 12);
  });

  it('is due at once, and knows nothing of how fast rows come', () => {
    takeIn(store, answer(0, 1000, [row(10, 3)]), { now: START * 1000 });
    replaceBy('g');
    const { takenInAt, rows, raw, span, usedRaw } = store.ledger.progressOf('a', 'keyLog') ?? {};
    assert.deepEqual([takenInAt, rows, raw, span, usedRaw], [0, 0, 0, undefined, undefined]);
  });

  it('that an earlier version had started over for the same secret counts what that one told last', () => {
    takeIn(store, answer(0, 1000, [row(10, 3)]), { fingerprint: 'g' });
    takeIn(store, answer(0, 2000, [row(20, 5)]));
    // What was told to the present secret, f, counts before what was told to another one.
    assert.equal(days(), 5);
    replaceBy('g');
    // Now that is g's: its 3 of the first thousand seconds, and nothing in the thousand after them.
    assert.deepEqual([days(), cells(store)], [3, [[0, 'm', 3, 1]]]);
    assert.deepEqual(covered(store), [[0, 1000, 'keyLog']]);
  });

  it('has its days rebuilt in steps, and until then read from what they are made of', () => {
    const week = () =>
      store.ledger.spendByDay('2026-06-15', '2026-06-21', 'a').map(({ day, raw }) => [day, raw]);
    const DAY_S = 86_400;
    takeIn(store, answer(0, DAY_S, [row(10, 3)]), { fingerprint: 'g' });
    takeIn(store, answer(0, 2 * DAY_S, [row(20, 5), row(DAY_S, 7)]));
    replaceBy('h');
    // What was told to f, which is h now, counts before what was told to g.
    const right = [
      ['2026-06-15', 5],
      ['2026-06-16', 7],
    ];
    assert.deepEqual([store.ledger.keysToRebuild(), week()], [['a'], right]);
    takeIn(store, answer(2 * DAY_S, 3 * DAY_S, [row(2 * DAY_S, 11)]), { fingerprint: 'h' });
    const more = [...right, ['2026-06-17', 11]];
    assert.deepEqual(week(), more);
    assert.equal(
      store.transaction(() => store.ledger.rebuildDays('a')),
      false,
    );
    assert.deepEqual([store.ledger.keysToRebuild(), week()], [[], more]);
  });

  it('of another key stays what it is', () => {
    takeIn(store, answer(0, 1000, [row(10, 3)]), { id: 'b' });
    replaceBy('g');
    assert.deepEqual(cells(store, 'keyLog', 'b'), [[0, 'm', 3, 1]]);
  });
});
