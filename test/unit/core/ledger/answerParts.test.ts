import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { answerParts } from '../../../../src/core/ledger/answerParts.ts';
import { answer, row, START, sum } from '../../support/ledgerSetup.ts';

const HOUR = 3600;

describe('an answer about an account in parts', () => {
  const account = { source: 'accountLog' } as const;
  const rowsEvery = (seconds: number, count: number) =>
    Array.from({ length: count }, (_, index) => row((count - 1 - index) * seconds, 1));

  it('is one of up to five hundred records, and of a key’s log of any number', () => {
    const few = answer(0, 600_000, rowsEvery(60, 500), account);
    assert.deepEqual(answerParts(few), [few]);
    const log = answer(0, 600_000, rowsEvery(60, 1000));
    assert.deepEqual(answerParts(log), [log]);
    const untold = { ...answer(0, 600_000, rowsEvery(60, 1000), account), complete: undefined };
    assert.deepEqual(answerParts(untold), [untold]);
  });

  it('follow each other by quarters of an hour, and have each record once', () => {
    const holes = [{ from: START + 10, to: START + 20 }];
    const told = { ...answer(0, 70_000, rowsEvery(60, 1100), account), holes };
    const parts = answerParts(told);
    // Fifteen rows a quarter, those of the first not among them: the 501st is of the 34th quarter, the 1001st of the 67th.
    assert.deepEqual(
      parts.map(({ complete }) => complete && [complete.from - START, complete.to - START]),
      [
        [0, 34 * 900],
        [34 * 900, 67 * 900],
        [67 * 900, 70_000],
      ],
    );
    assert.deepEqual(
      parts.map(({ records }) => records.length),
      [34 * 15, 33 * 15, 1100 - 67 * 15],
    );
    for (const part of parts) assert.deepEqual([part.holes, part.partOf?.records], [holes, told.records]);
    assert.deepEqual(
      parts.map(({ partOf }) => partOf?.isLast),
      [false, false, true],
    );
    const earlier = answerParts({ ...told, partOf: { records: [], isLast: false } });
    assert.ok(earlier.every(({ partOf }) => partOf?.records.length === 0 && !partOf.isLast));
  });

  it('are no more where all records are of one moment', () => {
    const told = answer(
      0,
      HOUR,
      Array.from({ length: 1200 }, () => row(900, 1)),
      account,
    );
    const parts = answerParts(told);
    assert.deepEqual(
      parts.map(({ complete, records }) => [complete?.from, records.length]),
      [
        [START, 0],
        [START + 900, 1200],
      ],
    );
  });

  it('have a sum that reaches over their bound in both, so that neither takes its time for one without spend', () => {
    const hours = Array.from({ length: 600 }, (_, index) => sum(index * HOUR, HOUR, 1));
    const parts = answerParts(
      answer(0, 600 * HOUR, [...hours, sum(500 * HOUR, 3 * HOUR, 1, 'n')], { source: 'hourlySums' }),
    );
    assert.deepEqual(
      parts.map(({ records }) => records.length),
      [500, 101],
    );
  });
});
