import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { subtractSpans } from '../../../../src/core/ledger/spans.ts';
import type { SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { type KeyLogFacts, keyLogRecords, usedOf } from '../../../../src/gateways/newApi/keyLogRecords.ts';
import { at, HOUR, NOW, quota, reading } from '../../support/samples.ts';
import { logRow } from './scriptedContext.ts';

const SCALE = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 } as const;
const S = NOW / 1000;
/** A log that was cut off, asked now. */
const CUT: KeyLogFacts = { scale: SCALE, settled: S - 1, isWhole: false, used: undefined };
const WHOLE: KeyLogFacts = { ...CUT, isWhole: true };

/** For which spans an answer is complete, in seconds from now. */
const spansOf = ({ complete, holes = [] }: SpendRecords) =>
  subtractSpans(complete ? [complete] : [], holes).map(({ from, to }) => [from === 0 ? 0 : from - S, to - S]);
/** From when on a log is complete, in seconds before now; 'the beginning', or undefined where nothing is. */
function completeFrom(rows: readonly unknown[], facts: KeyLogFacts): number | string | undefined {
  const { complete } = keyLogRecords(rows, facts);
  return complete && (complete.from === 0 ? 'the beginning' : S - complete.from);
}

describe('what a key’s log tells the ledger', () => {
  it('is each row of spend, by its second and model, refunds taken off, and other rows left out', () => {
    const rows = [
      logRow(10, { quota: 700, prompt_tokens: 5, completion_tokens: 6 }),
      logRow(20, { type: 6, quota: 300, prompt_tokens: 5, completion_tokens: 6 }),
      logRow(30, { type: 5, quota: 9999 }),
      logRow(40, { model_name: 'claude', quota: 50, completion_tokens: null }),
      logRow(50, { model_name: 'claude', quota: 60, prompt_tokens: null, completion_tokens: null }),
    ];
    const told = keyLogRecords(rows, WHOLE);
    const untold = { promptTokens: undefined, completionTokens: undefined };
    assert.deepEqual(told.records, [
      {
        at: S - 10,
        keyName: 'alice',
        model: 'gpt-4.1',
        raw: 700,
        requests: 1,
        promptTokens: 5,
        completionTokens: 6,
      },
      {
        at: S - 20,
        keyName: 'alice',
        model: 'gpt-4.1',
        raw: -300,
        requests: 0,
        promptTokens: 0,
        completionTokens: 0,
      },
      {
        at: S - 40,
        keyName: 'alice',
        model: 'claude',
        raw: 50,
        requests: 1,
        promptTokens: 2,
        completionTokens: 0,
      },
      { at: S - 50, keyName: 'alice', model: 'claude', raw: 60, requests: 1, ...untold },
    ]);
    assert.deepEqual([told.source, told.scale, told.unreadable], ['keyLog', SCALE, 0]);
  });

  it('is complete after the second of its oldest row, where older ones were cut off', () => {
    assert.deepEqual(spansOf(keyLogRecords([logRow(10), logRow(20), logRow(30)], CUT)), [[-29, -1]]);
  });

  it('is complete after a row of any type, since each takes a place in the list', () => {
    assert.equal(completeFrom([logRow(10), logRow(50, { type: 1 })], CUT), 49);
  });

  it('says how many rows it has, of whatever kind, since so many roll over', () => {
    const rows = Array.from({ length: 100 }, (_, index) => logRow(10 + index, { type: index % 2 ? 2 : 5 }));
    const { records, rows: sent } = keyLogRecords(rows, CUT);
    assert.deepEqual([records.length, sent], [50, 100]);
  });

  it('begins later by as much as the gateway’s clock was put back', () => {
    // Put back by 70 seconds between the second and the third row.
    assert.equal(completeFrom([logRow(100), logRow(110), logRow(40), logRow(200)], CUT), 129);
    assert.equal(completeFrom([logRow(110), logRow(40)], CUT), undefined, 'later than now');
  });

  it('is nothing where the oldest rows come first, since the newest were cut off then', () => {
    assert.equal(completeFrom([logRow(400), logRow(300), logRow(200)], CUT), undefined);
    assert.equal(completeFrom([logRow(400), logRow(300), logRow(200)], WHOLE), 'the beginning');
  });

  it('is nothing where there are rows of more than one key', () => {
    const [one, two] = [{ token_id: 1 }, { token_id: 2 }];
    assert.equal(completeFrom([logRow(10, one), logRow(20, one), logRow(30, two)], WHOLE), undefined);
    assert.equal(
      completeFrom([logRow(10, one), logRow(20, { token_id: 0 }), logRow(30, one)], WHOLE),
      'the beginning',
    );
  });

  it('ends where rows may still be written', () => {
    assert.equal(completeFrom([logRow(0), logRow(1)], CUT), undefined);
    const told = keyLogRecords([logRow(1), logRow(2), logRow(3)], CUT);
    assert.deepEqual(told.complete, { from: S - 2, to: S - 1 });
  });

  it('is nothing where it has no rows, since a log that is not kept has none either', () => {
    assert.deepEqual(spansOf(keyLogRecords([], WHOLE)), []);
    const used = { raw: 5, at: S - 60 };
    assert.deepEqual(spansOf(keyLogRecords([], { ...WHOLE, used })), []);
  });

  it('is that nothing was spent by the last reading, where that shows a key that was never used', () => {
    const told = keyLogRecords([], { ...WHOLE, used: { raw: 0, at: S - 60 } });
    assert.deepEqual([told.complete, told.records], [{ from: 0, to: S - 60 }, []]);
  });
});

describe('a key’s log with fewer rows than are sent at most', () => {
  const rows = [logRow(10, { quota: 400 }), logRow(600, { quota: 1000 }), logRow(700, { quota: 2000 })];
  const used = (raw: number, secondsAgo = 300) => ({ ...WHOLE, used: { raw, at: S - secondsAgo } });

  it('is complete from the beginning where it makes up all that was used by then', () => {
    assert.equal(completeFrom(rows, used(3000)), 'the beginning');
    assert.equal(completeFrom(rows, used(2900)), 'the beginning');
    assert.equal(completeFrom(rows, used(3000.4)), 'the beginning', 'readings are rounded');
  });

  it('is complete from its oldest row on where it does not: it was cleared, or kept only later', () => {
    assert.equal(completeFrom(rows, used(3001)), 700);
    assert.equal(completeFrom(rows, used(3400)), 700, 'what was spent since is no part of it');
    assert.equal(completeFrom(rows, used(3400, 10)), 'the beginning');
  });

  it('is taken for complete from the beginning where the counter is not known, unless a row cannot be read', () => {
    assert.equal(completeFrom(rows, WHOLE), 'the beginning');
    assert.equal(completeFrom([...rows, logRow(650, { quota: null })], WHOLE), 700);
  });

  it('takes the counter only in its own unit, and never that of an account', () => {
    const counterOf = (more: Partial<Reading>) =>
      usedOf(reading({ quota: quota(8, 10), ...more }), SCALE, 5 * 60_000);
    assert.deepEqual(counterOf({}), { raw: 1_000_000, at: S - 300 }, 'by the gateway’s clock');
    assert.deepEqual(counterOf({ takenAt: at(-HOUR) })?.at, S - 3900);
    assert.equal(counterOf({ unit: { code: 'CNY', source: 'gateway' } }), undefined);
    assert.equal(counterOf({ source: 'account' }), undefined);
    assert.equal(counterOf({ isAccountPossible: true }), undefined);
    assert.equal(usedOf(undefined, SCALE, 0), undefined);
  });
});

describe('odd rows in a key’s log', () => {
  it('of which no amount can be read leave their second out, and what is around it stays complete', () => {
    const told = keyLogRecords(
      [logRow(10), logRow(20, { quota: null }), logRow(20), logRow(30), logRow(40)],
      CUT,
    );
    assert.deepEqual(spansOf(told), [
      [-39, -20],
      [-19, -1],
    ]);
    assert.deepEqual([told.records.map(each => S - each.at), told.unreadable], [[10, 20, 30, 40], 1]);
  });

  it('of which fifty and more lack their amount leave the oldest spans out', () => {
    const odd = Array.from({ length: 60 }, (_, index) => logRow(10 + 2 * index, { quota: null }));
    const spans = spansOf(keyLogRecords([...odd, logRow(200)], CUT));
    // 61 spans: the 11 oldest are left out, and the 50 others begin 108 seconds ago.
    assert.deepEqual([spans.length, spans[0], spans.at(-1)], [50, [-107, -106], [-9, -1]]);
  });

  it('of which no time can be read make nothing complete', () => {
    for (const odd of ['noon', 0, null]) {
      const told = keyLogRecords([logRow(10), logRow(0, { created_at: odd }), logRow(30)], CUT);
      assert.deepEqual(spansOf(told), [], String(odd));
    }
  });

  it('that are no rows at all make nothing complete', () => {
    assert.deepEqual(spansOf(keyLogRecords([logRow(10), 'row', logRow(30)], CUT)), []);
  });

  it('that come twice with the id of their request are one, and without it two', () => {
    const id = { request_id: 'r1' };
    const refund = { ...id, type: 6 };
    const told = keyLogRecords(
      [logRow(10, id), logRow(10, id), logRow(10, refund), logRow(10), logRow(10), logRow(20)],
      CUT,
    );
    assert.deepEqual(
      told.records.map(({ raw }) => raw),
      [10, -10, 10, 10, 10],
    );
  });

  it('from more than an hour ahead are counted as unplaced', () => {
    const told = keyLogRecords([logRow(-3602), logRow(-3599), logRow(10), logRow(20)], WHOLE);
    assert.deepEqual([told.unreadable, told.records.length, spansOf(told)], [1, 3, [[-20, -1]]]);
  });

  it('from more than an hour ahead leave out the time between the rows before and after them', () => {
    const rows = [logRow(10), logRow(-90_000), logRow(-90_000), logRow(300), logRow(400)];
    assert.deepEqual(spansOf(keyLogRecords(rows, WHOLE)), [
      [-400, -300],
      [-9, -1],
    ]);
    assert.deepEqual(
      spansOf(keyLogRecords(rows, CUT)),
      [
        [-399, -300],
        [-9, -1],
      ],
      'and are no sign of a clock that was put back',
    );
    assert.deepEqual(spansOf(keyLogRecords([logRow(-90_000), logRow(300)], WHOLE)), [], 'the newest');
    assert.deepEqual(spansOf(keyLogRecords([logRow(10), logRow(-90_000)], WHOLE)), [[-9, -1]], 'the oldest');
    assert.deepEqual(spansOf(keyLogRecords([logRow(10), logRow(-90_000, { type: 5 })], WHOLE)), [[0, -1]]);
  });
});
