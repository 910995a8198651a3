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

  it('that an earlier version had begun anew for the same secret counts what that one told last', () => {
    takeIn(store, answer(0, 1000, [row(10, 3)]), { fingerprint: 'g' });
    takeIn(store, answer(0, 2000, [row(20, 5)]));
    // What was told to the present secret, f, counts before what was told to another one.
    assert.equal(days(), 5);
    replaceBy('g');
    // Now that is g's: its 3 of the first thousand seconds, and nothing in the thousand after them.
    assert.deepEqual([days(), cells(store)], [3, [[0, 'm', 3, 1]]]);
    assert.deepEqual(covered(store), [[0, 1000, 'keyLog']]);
  });

  it('of another key stays what it is', () => {
    takeIn(store, answer(0, 1000, [row(10, 3)]), { id: 'b' });
    replaceBy('g');
    assert.deepEqual(cells(store, 'keyLog', 'b'), [[0, 'm', 3, 1]]);
  });
});
