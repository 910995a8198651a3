import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type LogFacts, type LogTurn, nextLogTurn } from '../../../../src/core/ledger/fillPlan.ts';
import type { LedgerProgress } from '../../../../src/core/ports/ledgerTable.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';

/** 1,000 rows within 8 hours, taken in now: 125 an hour. */
const BUSY: LedgerProgress = {
  takenInAt: NOW,
  rows: 1000,
  span: { from: NOW - 8 * HOUR, to: NOW },
  raw: 10_000,
  unit: { code: 'USD' },
  perUnit: 500_000,
  usedRaw: 50_000,
};
const waits = (ms: number): LogTurn => ({ dueAt: NOW + ms, losesRows: false });
const rollsOver = (ms: number): LogTurn => ({ dueAt: NOW + ms, losesRows: true });
/** The counter stands at `usedRaw` in a reading taken `ms` after the last answer. */
const read = (ms: number, usedRaw: number | undefined, more: Partial<LogFacts> = {}): LogFacts => ({
  progress: BUSY,
  usedRaw,
  readAt: NOW + ms,
  ...more,
});

describe('when a log is read the next time', () => {
  const TABLE: readonly [what: string, LogFacts, LogTurn | undefined][] = [
    [
      'never while the key was never read',
      { progress: undefined, usedRaw: undefined, readAt: undefined },
      undefined,
    ],
    ['as soon as a new key has been read', { progress: undefined, usedRaw: 7, readAt: NOW }, waits(0)],
    [
      'as soon as a new key without a counter has been read',
      { progress: undefined, usedRaw: undefined, readAt: NOW },
      waits(0),
    ],
    ['not for a new key that was never used', { progress: undefined, usedRaw: 0, readAt: NOW }, undefined],
    ['not while the counter has not moved', read(3 * DAY, 50_000), undefined],
    // 500 rows at 125 an hour are 4 hours.
    [
      'once half the rows are new, by the pace of the last answer where its rows were free',
      read(HOUR, 50_001, { progress: { ...BUSY, raw: 0 } }),
      rollsOver(4 * HOUR),
    ],
    // 100 of 500 rows have come within an hour, which is less than 125 an hour: 400 more take 3.2 hours.
    ['by what the counter has moved since', read(HOUR, 51_000, {}), rollsOver(HOUR + 3.2 * HOUR)],
    // 250 rows within an hour: the other 250 take another hour.
    ['sooner where it moves faster than it did', read(HOUR, 52_500, {}), rollsOver(2 * HOUR)],
    ['at once where more than half are new by the counter', read(HOUR, 60_000, {}), rollsOver(HOUR)],
    // A counter that was reset shows no number of rows, but that something has happened.
    ['at once where the counter has fallen far', read(HOUR, 0, {}), rollsOver(HOUR)],
    [
      'a day after the last answer where the key hardly spends',
      read(HOUR, 50_001, { progress: { ...BUSY, rows: 20, raw: 200 } }),
      waits(DAY),
    ],
    [
      'at once when a key spends again after two quiet days',
      read(2 * DAY, 50_001, { progress: { ...BUSY, rows: 20, raw: 200 } }),
      waits(DAY),
    ],
    [
      'a day after the last answer where no counter shows whether it spends',
      read(HOUR, undefined, { progress: { ...BUSY, rows: 20, usedRaw: undefined } }),
      waits(DAY),
    ],
    [
      'by its pace where no counter shows whether it spends',
      read(HOUR, undefined, { progress: { ...BUSY, usedRaw: undefined } }),
      rollsOver(4 * HOUR),
    ],
    [
      'by its pace where a counter shows for the first time whether it spends',
      read(HOUR, 51_000, { progress: { ...BUSY, usedRaw: undefined } }),
      rollsOver(4 * HOUR),
    ],
    ['by its pace where its counter is not told any more', read(HOUR, undefined), rollsOver(4 * HOUR)],
    // 100 rows in 8 hours are all that this gateway sends: 50 new ones take 4 hours.
    [
      'sooner where the gateway sends a hundred rows',
      read(HOUR, 50_001, { progress: { ...BUSY, rows: 100, raw: 0 } }),
      rollsOver(4 * HOUR),
    ],
    [
      'a day after the last answer where the gateway keeps every row',
      read(HOUR, 60_000, { keepsAll: true, triedAt: NOW }),
      waits(DAY),
    ],
    [
      'no more where its account’s log tells the same',
      read(HOUR, 60_000, { isInAccountLog: true }),
      undefined,
    ],
    [
      'a week later where the log was empty though the key was used',
      read(HOUR, 60_000, { progress: { ...BUSY, rows: 0, span: undefined } }),
      waits(7 * DAY),
    ],
    [
      'a day later where rows were left out',
      read(HOUR, 60_000, { progress: { ...BUSY, rows: 0, span: undefined }, isCutOff: true }),
      waits(DAY),
    ],
    [
      'at once where only a person has asked about an account so far',
      { ...read(HOUR, 50_000, { keepsAll: true }), readAt: NOW },
      waits(0),
    ],
    [
      'a day later where the gateway keeps every row, and no row was in the range that was asked for',
      read(HOUR, 60_000, {
        progress: { ...BUSY, rows: 0, span: undefined },
        keepsAll: true,
        triedAt: NOW,
      }),
      waits(DAY),
    ],
    [
      'a day later where the log of an unused key was empty',
      read(HOUR, 60_000, { progress: { ...BUSY, rows: 0, span: undefined, usedRaw: 0 } }),
      waits(DAY),
    ],
    // Five rows of one second count as those of a minute: 500 take 100 minutes.
    [
      'by a pace within bounds where all rows are of one moment',
      read(0, 50_001, { progress: { ...BUSY, rows: 5, span: { from: NOW, to: NOW } } }),
      rollsOver(100 * MINUTE),
    ],
    // A thousand rows of one second count as those of a minute: 500 new ones take half of it.
    [
      'ten minutes after the last try, however fast rows are written',
      read(0, 50_001, { progress: { ...BUSY, span: { from: NOW, to: NOW } }, triedAt: NOW }),
      rollsOver(10 * MINUTE),
    ],
    [
      'an hour after a try that failed',
      { progress: undefined, usedRaw: 7, readAt: NOW, triedAt: NOW, failures: 1 },
      waits(HOUR),
    ],
    [
      'eight hours after the fourth in a row',
      { progress: undefined, usedRaw: 7, readAt: NOW, triedAt: NOW, failures: 4 },
      waits(8 * HOUR),
    ],
    [
      'thirty-two hours after the twentieth in a row',
      { progress: undefined, usedRaw: 7, readAt: NOW, triedAt: NOW, failures: 20 },
      waits(32 * HOUR),
    ],
  ];
  for (const [what, facts, turn] of TABLE) {
    it(what, () => assert.deepEqual(nextLogTurn(facts), turn));
  }
});
