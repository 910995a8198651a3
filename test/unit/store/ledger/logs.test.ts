import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, covered, row, START, takeIn, USD } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const QUARTER = 900;

describe('the ledger of a log', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, opened => {
    store = opened;
  });

  it('holds what was spent by quarter of an hour and model, and for which seconds that is all', () => {
    takeIn(store, answer(5, 2000, [row(10, 3), row(11, 4), row(12, 5, 'n'), row(905, 6)]));
    assert.deepEqual(cells(store), [
      [0, 'm', 7, 2],
      [0, 'n', 5, 1],
      [QUARTER, 'm', 6, 1],
    ]);
    assert.deepEqual(covered(store), [[5, 2000, 'keyLog']]);
  });

  it('counts two equal rows of one second twice, and a row that comes again once', () => {
    const told = answer(0, 100, [row(10, 3), row(10, 3), row(20, 1)]);
    takeIn(store, told);
    takeIn(store, told);
    assert.deepEqual(cells(store), [[0, 'm', 7, 3]]);
  });

  it('keeps what an answer is too short to tell, to the second within a quarter', () => {
    takeIn(store, answer(0, 100, [row(10, 1), row(20, 2), row(30, 4)]));
    // Its oldest second may be cut: it is complete from the next one on.
    takeIn(store, answer(21, 200, [row(20, 2), row(30, 4), row(150, 8)]));
    assert.deepEqual(cells(store), [[0, 'm', 15, 4]]);
    assert.deepEqual(covered(store), [[0, 200, 'keyLog']]);
  });

  it('takes in rows that were written late, as long as the log has them', () => {
    takeIn(store, answer(0, 100, [row(10, 1), row(30, 4)]));
    takeIn(store, answer(5, 100, [row(10, 1), row(20, 2), row(30, 4)]));
    assert.deepEqual(cells(store), [[0, 'm', 7, 3]]);
  });

  it('keeps apart what no answer has covered', () => {
    takeIn(store, answer(0, 100, [row(10, 1)]));
    takeIn(store, answer(200, 300, [row(250, 2)]));
    assert.deepEqual(covered(store), [
      [0, 100, 'keyLog'],
      [200, 300, 'keyLog'],
    ]);
    takeIn(store, answer(50, 250, [row(150, 4)]));
    assert.deepEqual(covered(store), [[0, 300, 'keyLog']]);
    assert.deepEqual(cells(store), [[0, 'm', 7, 3]]);
  });

  it('ignores rows outside of what the answer is complete for', () => {
    takeIn(store, answer(10, 100, [row(9, 1), row(10, 2), row(99, 4), row(100, 8)]));
    assert.deepEqual(cells(store), [[0, 'm', 6, 2]]);
  });

  it('goes back to the beginning of time where the log is whole', () => {
    takeIn(store, answer(undefined, 100, [row(10, 1)]));
    assert.deepEqual(covered(store), [[0, 100, 'keyLog']]);
  });

  it('goes back to its oldest row only where the log was cleared, and what went before stays', () => {
    takeIn(store, answer(5, 100, [row(10, 1)]));
    takeIn(store, answer(undefined, 2000, [row(1000, 2)]));
    assert.deepEqual(covered(store), [
      [5, 100, 'keyLog'],
      [1000, 2000, 'keyLog'],
    ]);
    assert.deepEqual(cells(store), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 2, 1],
    ]);
  });

  it('covers nothing by an empty log that was cleared', () => {
    takeIn(store, answer(5, 100, [row(10, 1)]));
    takeIn(store, answer(undefined, 2000, []));
    assert.deepEqual(covered(store), [[5, 100, 'keyLog']]);
    assert.deepEqual(cells(store), [[0, 'm', 1, 1]]);
  });

  it('knows that nothing was spent where a log is empty that never held anything', () => {
    takeIn(store, answer(undefined, 100, []));
    takeIn(store, answer(undefined, 200, [row(150, 2)]));
    assert.deepEqual(covered(store), [[0, 200, 'keyLog']]);
  });

  it('takes refunds off, down to nothing', () => {
    takeIn(store, answer(0, 100, [row(10, 5), row(20, -5)]));
    assert.deepEqual(cells(store), [[0, 'm', 0, 2]]);
  });

  it('does not know a sum of which one part was not told', () => {
    const untold = { ...row(20, 1), requests: undefined, promptTokens: undefined };
    takeIn(store, answer(0, 100, [row(10, 1), untold]));
    const [cell] = store.ledger.cellsOf('a', 'keyLog', { from: 0, to: 1e15 });
    const { requests, promptTokens, completionTokens } = cell ?? {};
    assert.deepEqual([requests, promptTokens, completionTokens], [undefined, undefined, 2]);
  });

  it('counts a new scale from where the old one ends', () => {
    const scale = { ...USD, perUnit: 1_000_000 };
    takeIn(store, answer(0, 100, [row(10, 1)]));
    takeIn(store, answer(5, 200, [row(10, 1), row(150, 2)], { scale }));
    const told = store.ledger.cellsOf('a', 'keyLog', { from: 0, to: 1e15 });
    assert.deepEqual(
      told.map(({ raw, perUnit }) => [raw, perUnit]),
      [
        [1, 500_000],
        [2, 1_000_000],
      ],
    );
    assert.deepEqual(covered(store), [[0, 200, 'keyLog']]);
  });

  it('starts over with another secret, and its sums by day have the spend of both, each moment once', () => {
    takeIn(store, answer(0, 100, [row(10, 1), row(60, 4)]));
    store.transaction(() => store.keys.setFingerprint('a', 'g'));
    assert.deepEqual(covered(store), []);
    takeIn(store, answer(50, 200, [row(60, 4), row(150, 2)]), { fingerprint: 'g' });
    assert.deepEqual(covered(store), [[50, 200, 'keyLog']]);
    assert.deepEqual(cells(store), [[0, 'm', 6, 2]]);
    const days = store.ledger.spendByDay('2026-06-15', '2026-06-15');
    assert.deepEqual(
      days.map(({ keyId, day, raw }) => [keyId, day, raw]),
      [
        ['a', '2026-06-15', 1],
        ['a', '2026-06-15', 6],
      ],
    );
  });

  it('is the same whichever of two answers comes first', () => {
    const older = answer(5, 1000, [row(10, 1), row(950, 2)]);
    const newer = answer(901, 2000, [row(950, 2), row(1500, 4)]);
    takeIn(store, newer);
    takeIn(store, older);
    takeIn(store, older, { id: 'b' });
    takeIn(store, newer, { id: 'b' });
    assert.deepEqual(cells(store), cells(store, 'keyLog', 'b'));
    assert.deepEqual(cells(store), [
      [0, 'm', 1, 1],
      [QUARTER, 'm', 6, 2],
    ]);
  });

  it('remembers what the last answer held, also where that is complete for no time', () => {
    const now = (START + 500) * 1000;
    assert.equal(store.ledger.progressOf('a', 'keyLog'), undefined);
    const told = { ...answer(0, 100, [row(10, 1), row(70, 2)]), complete: undefined };
    store.transaction(() => store.ledger.takeIn('a', 'f', told, now, 12));
    assert.deepEqual(store.ledger.progressOf('a', 'keyLog'), {
      takenInAt: now,
      rows: 2,
      span: { from: (START + 10) * 1000, to: (START + 71) * 1000 },
      raw: 3,
      unit: { code: 'USD' },
      perUnit: 500_000,
      usedRaw: 12,
    });
    assert.deepEqual([cells(store), covered(store)], [[], []]);
    assert.equal(store.ledger.progressOf('a', 'accountLog'), undefined);
    takeIn(store, answer(0, 100, []));
    const { rows, span, usedRaw } = store.ledger.progressOf('a', 'keyLog') ?? {};
    assert.deepEqual([rows, span, usedRaw], [0, undefined, undefined]);
  });
});
