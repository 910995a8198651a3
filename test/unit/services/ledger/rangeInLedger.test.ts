import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { dayOf, startOfDay } from '../../../../src/core/ledger/localDays.ts';
import { DAY_MS } from '../../../../src/core/time.ts';
import { ledgerAnswer } from '../../../../src/services/ledger/ledgerAnswer.ts';
import { rangeInLedger } from '../../../../src/services/ledger/rangeInLedger.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { answer, row, START, takeIn } from '../../support/ledgerSetup.ts';
import { keyRecord } from '../../support/samples.ts';

const ACCOUNT = { source: 'accountLog' } as const;

describe('what the ledger has of a range', () => {
  let store: SqliteStore;
  beforeEach(() => {
    store = new SqliteStore(tempFolder(), START * 1000);
    store.keys.addKey(keyRecord('a', { fingerprint: 'f', createdAt: 0 }));
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** In seconds from the start. */
  function found(from: number, to: number, byDay = false) {
    const span = { from: (START + from) * 1000, to: (START + to) * 1000 };
    const { cells, lines, known, lacking } = rangeInLedger(store.ledger, 'a', span, byDay);
    const seconds = (spans: readonly { readonly from: number; readonly to: number }[]) =>
      spans.map(each => [each.from / 1000 - START, each.to / 1000 - START]);
    return {
      raw: cells.map(({ raw }) => raw),
      ofDays: lines.flatMap(({ days }) => days.map(({ raw }) => raw)),
      known: seconds(known),
      lacking: seconds(lacking),
    };
  }

  it('is its quarters, and its seconds at the ends of the range', () => {
    takeIn(store, answer(0, 3600, [row(100, 1), row(950, 2), row(1850, 4), row(2000, 8)]));
    assert.deepEqual(found(0, 3600), { raw: [1, 2, 12], ofDays: [], known: [[0, 3600]], lacking: [] });
    assert.deepEqual(found(101, 1900), { raw: [4, 2], ofDays: [], known: [[101, 1900]], lacking: [] });
    assert.deepEqual(found(1851, 1999).raw, [], 'within one quarter');
  });

  it('lacks a part of a quarter that is kept as a whole, unless nothing was spent in it', () => {
    takeIn(store, answer(0, 3600, [row(100, 1), row(2000, 8)], ACCOUNT));
    assert.deepEqual(found(60, 2100), {
      raw: [],
      ofDays: [],
      known: [[900, 1800]],
      lacking: [
        [60, 900],
        [1800, 2100],
      ],
    });
    assert.deepEqual(found(1000, 1700), { raw: [], ofDays: [], known: [[1000, 1700]], lacking: [] });
  });

  it('knows a quarter of which nothing more is covered by its cell', () => {
    takeIn(store, answer(0, 2100, [row(2000, 8)], ACCOUNT));
    assert.deepEqual(found(0, 3600), { raw: [8], ofDays: [], known: [[0, 2100]], lacking: [[2100, 3600]] });
    assert.deepEqual(found(0, 2050).lacking, [[1800, 2050]], 'not where the range ends before that');
  });

  it('is whole local days where these are asked for, and quarters before and after them', () => {
    const midnight = startOfDay(dayOf(START * 1000) + 1) / 1000 - START;
    const next = startOfDay(dayOf(START * 1000) + 2) / 1000 - START;
    const rows = [row(midnight - 7200, 1), row(midnight + 60, 2), row(next - 60, 4), row(next + 7200, 8)];
    takeIn(store, answer(midnight - 86_400, next + 86_400, rows, ACCOUNT));
    const { raw, ofDays, lacking } = found(midnight - 9000, next + 9000, true);
    assert.deepEqual([raw, ofDays, lacking], [[1, 8], [6], []]);
    assert.deepEqual(found(midnight, next, true).ofDays, [6], 'from its first second on');
  });

  it('of a range that is over misses even its last seconds, and of one that goes on it does not', () => {
    takeIn(store, answer(0, 3570, [row(100, 1)]));
    const range = { from: START * 1000, to: (START + 3600) * 1000 - 1 };
    const at = (seconds: number) =>
      ledgerAnswer(store, { id: 'a', credential: 'apiKey' }, range, (START + seconds) * 1000);
    assert.deepEqual(at(3600)?.askable, []);
    assert.equal(at(3600)?.usage?.coverage.complete, true);
    const missing = [{ from: (START + 3570) * 1000, to: (START + 3600) * 1000 }];
    assert.deepEqual(at(3601)?.askable, missing);
    assert.equal(at(3601)?.usage?.coverage.complete, false);
    assert.deepEqual(at(3630)?.askable.length, 1);
    assert.equal(at(DAY_MS / 1000)?.usage?.total?.used, 0.000002);
  });
});
