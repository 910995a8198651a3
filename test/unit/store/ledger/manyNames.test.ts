import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendRecord } from '../../../../src/core/ledger/spendRecord.ts';
import { LineNames, MOST_A_DAY, MOST_LINES, OTHERS } from '../../../../src/store/ledger/lineNames.ts';
import type { SpendLines } from '../../../../src/store/ledger/spendLines.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, cells, row, START, sum, takeIn } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const DAY = 86_400;

describe('a gateway that sends ever new names', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a'], START * 1000, opened => {
    store = opened;
  });

  const rows = (count: number, recordOf: (index: number) => SpendRecord) =>
    Array.from({ length: count }, (_, index) => recordOf(index));

  it('has those beyond three hundred models a day put together, and loses none of their spend', () => {
    const told = answer(0, 2 * DAY, [
      ...rows(310, index => row(index, 1, `m${index}`)),
      ...rows(5, index => row(DAY + index, 10, `m${305 + index}`)),
    ]);
    const expected = [
      ...rows(300, index => row(0, 1, `m${index}`)).map(({ model }) => [0, model, 1, 1]),
      [0, OTHERS, 10, 10],
      ...[305, 306, 307, 308, 309].map(index => [DAY, `m${index}`, 10, 1]),
    ];
    takeIn(store, told);
    assert.deepEqual(cells(store), expected);
    // The same again is the same.
    takeIn(store, told);
    assert.deepEqual(cells(store), expected);
  });

  it('has the names of that day as before, and new ones of the next answer put together', () => {
    takeIn(
      store,
      answer(
        0,
        900,
        rows(300, index => row(index, 1, `m${index}`)),
      ),
    );
    takeIn(store, answer(900, 1800, [row(1000, 1, 'm7'), row(1001, 2, 'new')]));
    assert.deepEqual(cells(store).slice(300), [
      [900, 'm7', 1, 1],
      [900, OTHERS, 2, 1],
    ]);
  });

  it('has names of keys put together as well', () => {
    const told = rows(302, index => row(index, 1, 'm', `key ${index}`));
    takeIn(store, answer(0, DAY, told, { source: 'accountLog' }));
    const found = store.ledger.cellsOf('a', 'accountLog', { from: 0, to: 1e15 });
    assert.equal(found.length, MOST_A_DAY + 1);
    assert.deepEqual(found.at(-1) && [found.at(-1)?.keyName, found.at(-1)?.model, found.at(-1)?.raw], [
      OTHERS,
      'm',
      2,
    ]);
  });

  it('has models of its sums put together', () => {
    takeIn(
      store,
      answer(
        0,
        DAY,
        rows(302, index => sum(0, DAY, 1, `m${index}`)),
        { source: 'dailySums' },
      ),
    );
    const found = cells(store, 'dailySums');
    assert.deepEqual([found.length, found.at(-1)], [301, [0, OTHERS, 2, 2]]);
  });

  it('gets no more lines than so many, and all else in one', () => {
    const begun: string[] = [];
    const full = rows(MOST_LINES, index => row(0, 0, `m${index}`)).map(({ keyName, model }, no) => {
      return { no, seriesNo: 1, keyName, model };
    });
    const lines = {
      ofSeries: () => full,
      numberOf: (_: number, keyName: string, model: string) => {
        begun.push(`${keyName} ${model}`);
        return MOST_LINES;
      },
    };
    const names = new LineNames(1, lines as unknown as SpendLines, 2, () => []);
    assert.deepEqual(
      ['m7', 'new', 'newer'].map(model => names.lineAt(START, '', model)),
      [7, MOST_LINES, MOST_LINES],
    );
    assert.deepEqual(begun, [`${OTHERS} ${OTHERS}`]);
  });
});
