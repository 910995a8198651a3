import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import type { Counter, Point } from '../../../src/core/usage/meterPoint.ts';
import type { SqliteStore } from '../../../src/store/store.ts';
import { DAY, HOUR, MINUTE } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { useStore } from '../support/useStore.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const CNY: Unit = { code: 'CNY', source: 'gateway' };
const TOKENS: Unit = { code: 'TOKENS', source: 'gateway' };
const START = Date.UTC(2026, 5, 15, 12);

describe('what is recorded of readings', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b'], START, opened => {
    store = opened;
  });

  const append = (ms: number, figures: Omit<Point, 'at'>, unit = USD, id = 'a') => {
    const at = START + ms;
    store.transaction(() => store.history.appendReading(id, unit, { at, ...figures }, at));
  };
  const rows = (id = 'a', from = 0, to = 1e15) =>
    store.history
      .historyRows(id, from, to)
      .map(row => [(row.from - START) / 1000, (row.to - START) / 1000, row.remaining, row.used, row.spent]);
  const days = (from = '2026-01-01', to = '2026-12-31') =>
    store.history.spendByDay(from, to).map(row => [row.keyId, row.day, row.spent, row.watchedMs / MINUTE]);

  it('of a key that is no longer there is nothing', () => {
    append(0, { used: 1 }, USD, 'gone');
    assert.deepEqual([rows('gone'), days()], [[], []]);
    assert.deepEqual(store.history.spendSpans('gone', USD, 0, 1e15), []);
    assert.deepEqual(store.history.currentSpend('gone', 0, 5), { since: 5, spans: [] });
    store.transaction(() => store.history.eraseKey('gone'));
    assert.deepEqual([...store.history.currentSeries()], []);
  });

  it('of a key that was never read is nothing', () => {
    assert.deepEqual(rows(), []);
    assert.deepEqual(store.history.currentSpend('a', 0, 5), { since: 5, spans: [] });
  });

  it('a leap that the next reading takes back is no spend, and one that it bears out is', () => {
    const look = (minutes: number, used: number) => append(minutes * MINUTE, { used, remaining: 20 - used });
    look(0, 2);
    append(5 * MINUTE, { used: 18_000, remaining: 18 });
    look(10, 2.4);
    assert.deepEqual(days(), [['a', '2026-06-15', 0.4, 10]]);
    append(15 * MINUTE, { used: 1002.4, remaining: 18 });
    look(20, 1002.4);
    assert.deepEqual(days(), [['a', '2026-06-15', 1000.4, 20]]);
  });

  it('within one second is one row: the last figures, and all that was spent', () => {
    append(0, { used: 1, remaining: 9 });
    append(100, { used: 2, remaining: 8 });
    append(200, { used: 4, remaining: 6 });
    assert.deepEqual(rows(), [[0, 0, 6, 4, 3]]);
  });

  it('is a row of its own where one of two figures changed', () => {
    append(0, { used: 1, remaining: 9 });
    append(MINUTE, { used: 1, remaining: 12 });
    append(2 * MINUTE, { used: 1, remaining: 12 });
    assert.deepEqual(rows(), [
      [0, 0, 9, 1, 0],
      [60, 120, 12, 1, 0],
    ]);
  });

  it('is a row of its own where a clock was put back', () => {
    append(MINUTE, { used: 1 });
    append(0, { used: 1 });
    assert.deepEqual(rows(), [
      [0, 0, undefined, 1, 0],
      [60, 60, undefined, 1, 0],
    ]);
  });

  it('too large to be counted is not known, and the rest of it is', () => {
    append(0, { used: 1, remaining: 1e11 });
    assert.deepEqual(rows(), [[0, 0, undefined, 1, 0]]);
  });

  it('is no spend where that is too large to be counted', () => {
    append(0, { used: 1 });
    append(MINUTE, { used: 1e11 });
    assert.deepEqual(rows(), [
      [0, 0, undefined, 1, 0],
      [60, 60, undefined, undefined, 0],
    ]);
    assert.deepEqual(days(), [['a', '2026-06-15', 0, 1]]);
  });

  it('in tokens is whole, and in money to the millionth', () => {
    append(0, { used: 1.4 }, TOKENS);
    append(0, { used: 1.2345674 }, USD, 'b');
    assert.deepEqual([rows()[0]?.[3], rows('b')[0]?.[3]], [1, 1.234567]);
  });

  it('is in whole numbers of the gateway where a thousand of them make one unit, and finer below that', () => {
    const counter = { source: 's', fingerprint: 'f' };
    append(0, { used: 1.4, counter: { ...counter, perUnit: 1000 } });
    append(0, { used: 1.4, counter: { ...counter, perUnit: 700 } }, USD, 'b');
    assert.deepEqual([rows()[0]?.[3], rows('b')[0]?.[3]], [0.001, 0.002]);
  });

  it('is read by when its rows begin, both ends included', () => {
    for (const minute of [0, 1, 2]) append(minute * MINUTE, { used: minute });
    const found = rows('a', START + MINUTE, START + 2 * MINUTE).map(([from]) => from);
    assert.deepEqual(found, [60, 120]);
    assert.deepEqual(
      rows('a', START, START + MINUTE).map(([from]) => from),
      [0, 60],
    );
  });

  it('adds up by local day, and both ends of a span of days are in it', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 2 });
    append(2 * HOUR, { used: 4 });
    append(DAY, { used: 5 });
    assert.deepEqual(days('2026-06-15', '2026-06-16'), [
      ['a', '2026-06-15', 3, 120],
      ['a', '2026-06-16', 1, 0],
    ]);
    assert.deepEqual(days('2026-06-16', '2026-06-16').length, 1);
    assert.deepEqual(days('2026-06-15', '2026-06-15').length, 1);
  });

  it('counts a day as watched up to twelve hours between two looks, and not a second longer', () => {
    append(-12 * HOUR, { used: 1 });
    append(0, { used: 1 });
    append(12 * HOUR + 1000, { used: 1 });
    assert.deepEqual(days(), [['a', '2026-06-15', 0, 12 * 60]]);
  });

  it('starts over for time as well where the series changes', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 1 }, CNY);
    append(2 * HOUR, { used: 1 }, CNY);
    assert.deepEqual(days(), [['a', '2026-06-15', 0, 60]]);
  });

  it('tells spend in the unit that is asked for', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 2 });
    append(2 * HOUR, { used: 10 }, CNY);
    append(3 * HOUR, { used: 13 }, CNY);
    const spans = (unit: Unit) =>
      store.history
        .spendSpans('a', unit, START, START + DAY)
        .map(({ at, since, spent }) => [(at - START) / HOUR, since && (since - START) / HOUR, spent]);
    assert.deepEqual([spans(USD), spans(CNY)], [[[1, 0, 1]], [[3, 2, 3]]]);
  });

  it('knows what was noticed first from a moment on, where it may be of before', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 2 });
    append(2 * HOUR, { used: 2 });
    append(3 * HOUR, { used: 4 });
    append(4 * HOUR, { used: 9 }, CNY);
    append(5 * HOUR, { used: 11 }, CNY);
    const over = (unit: Unit, ...hours: readonly number[]) =>
      store.history
        .spendOver(
          'a',
          unit,
          hours.map(hour => START + hour * HOUR),
        )
        .map(({ at, since = 0, spent }) => [(at - START) / HOUR, (since - START) / HOUR, spent]);
    assert.deepEqual(over(USD, 0.5), [[1, 0, 1]]);
    assert.deepEqual(over(USD, 1), [[1, 0, 1]]);
    // Nothing was spent from 1:00 to 2:00.
    assert.deepEqual(over(USD, 1.5), []);
    assert.deepEqual(over(USD, 2.001, 2.5, 0.25), [
      [1, 0, 1],
      [3, 2, 2],
    ]);
    assert.deepEqual([over(USD, 4.5), over(CNY, 3.5), over(CNY, 4.5)], [[], [], [[5, 4, 2]]]);
    assert.deepEqual([over(USD, -1), over(USD, 6), over(USD)], [[], [], []]);
    assert.deepEqual(store.history.spendOver('gone', USD, [START + HOUR]), []);
  });

  it('knows since when the current series is watched, at most since the beginning that is asked for', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 2 });
    append(2 * HOUR, { used: 1 }, CNY);
    append(3 * HOUR, { used: 3 }, CNY);
    const current = (from: number) => store.history.currentSpend('a', START + from, START + DAY);
    assert.deepEqual(current(0), {
      since: START + 2 * HOUR,
      spans: [{ at: START + 3 * HOUR, since: START + 2 * HOUR, spent: 2 }],
    });
    // The row before tells since when what was spent after the beginning may have been.
    assert.deepEqual(current(2.5 * HOUR), {
      since: START + 2.5 * HOUR,
      spans: [{ at: START + 3 * HOUR, since: START + 2 * HOUR, spent: 2 }],
    });
    // The row that begins then is the first: what it says was spent is of a time before.
    assert.deepEqual(current(3 * HOUR), {
      since: START + 3 * HOUR,
      spans: [{ at: START + 3 * HOUR, since: undefined, spent: 2 }],
    });
  });

  it('is all forgotten with its series, and those of other keys are not', () => {
    append(0, { used: 1 });
    append(0, { used: 1 }, USD, 'b');
    assert.deepEqual(
      [...store.history.currentSeries()],
      [
        ['a', 1],
        ['b', 2],
      ],
    );
    store.transaction(() => store.history.eraseKey('a'));
    assert.deepEqual([...store.history.currentSeries()], [['b', 2]]);
    append(HOUR, { used: 5 });
    assert.deepEqual(
      [...store.history.currentSeries()].find(([id]) => id === 'a'),
      ['a', 3],
    );
  });

  it('is forgotten with the current series alone, and what comes then starts over', () => {
    append(0, { used: 1 });
    append(HOUR, { used: 2 });
    append(2 * HOUR, { used: 5 }, CNY);
    append(3 * HOUR, { used: 7 }, CNY);
    append(3 * HOUR, { used: 7 }, CNY, 'b');
    for (const id of ['a', 'gone']) store.transaction(() => store.history.eraseCurrentSeries(id));
    assert.deepEqual(rows(), [
      [0, 0, undefined, 1, 0],
      [3600, 3600, undefined, 2, 1],
    ]);
    assert.deepEqual(days(), [['a', '2026-06-15', 1, 60]]);
    append(4 * HOUR, { used: 9 }, CNY);
    assert.equal(rows().at(-1)?.at(-1), 0, 'the first one again');
    assert.deepEqual(rows('b'), [[10_800, 10_800, undefined, 7, 0]]);
    store.transaction(() => store.history.eraseCurrentSeries('a'));
    assert.equal(rows().length, 2);
    store.transaction(() => store.history.eraseCurrentSeries('a'));
    assert.equal(rows().length, 2, 'nothing is current any more');
  });

  it('goes on with the latest series of a kind', () => {
    const counter = { perUnit: 1, source: 's', fingerprint: 'f', isConverted: true };
    append(0, { used: 10, remaining: 90, counter });
    // Twice as much of everything: another rate, and another series.
    append(HOUR, { used: 20, remaining: 180, counter });
    append(2 * HOUR, { used: 21, remaining: 179, counter });
    assert.deepEqual(
      store.history.historyRows('a', 0, 1e15).map(({ series, spent }) => [series, spent]),
      [
        [1, 0],
        [2, 0],
        [2, 1],
      ],
    );
    // The hour over which the rate changed was watched in neither series.
    assert.deepEqual(days(), [['a', '2026-06-15', 1, 60]]);
  });

  it('is a row of its own where a budget that was reset has spent as much as the one before', () => {
    const budget = (endsAfter: number) => ({
      used: 5,
      remaining: 5,
      resetsAt: new Date(START + endsAfter).toISOString(),
    });
    append(0, budget(5 * MINUTE));
    append(10 * MINUTE, budget(DAY));
    append(20 * MINUTE, budget(DAY));
    assert.deepEqual(rows(), [
      [0, 0, 5, 5, 0],
      [600, 1200, 5, 5, 5],
    ]);
  });

  it('is not lost where a budget was reset before its time, soon after the last look', () => {
    const resetsAt = new Date(START + 18 * MINUTE).toISOString();
    append(0, { used: 5, remaining: 5, resetsAt });
    // By a clock that is four minutes behind, and 14 minutes after the last look.
    append(14 * MINUTE, { used: 1, remaining: 9, resetsAt: new Date(START + DAY).toISOString() });
    const told = store.history.historyRows('a', 0, 1e15);
    assert.deepEqual(
      told.map(row => [row.spent, row.isAfterLoss]),
      [
        [0, false],
        [1, false],
      ],
    );
  });

  it('is not spend where a counter was back at once that had fallen to nearly nothing', () => {
    append(0, { used: 10 });
    append(MINUTE, { used: 0.1 });
    append(2 * MINUTE, { used: 11 });
    assert.deepEqual(
      rows().map(row => row[4]),
      [0, 0, 1],
    );
  });

  it('is no day watched as a whole where a counter came back after more than half an hour', () => {
    append(0, { used: 5 });
    append(HOUR, { used: 0.1 });
    append(100 * MINUTE, { used: 6 });
    append(3 * HOUR, { used: 6 });
    // Two hours and twenty minutes, less an hour.
    const days = store.history.spendByDay('2000-01-01', '2099-12-31');
    assert.deepEqual(
      days.map(({ watchedMs }) => watchedMs / MINUTE),
      [80],
    );
  });

  it('is not lost with a budget that goes on, however long nobody looked', () => {
    const resetsAt = new Date(START + DAY).toISOString();
    append(0, { used: 5, remaining: 5, resetsAt });
    append(2 * HOUR, { used: 6, remaining: 4, resetsAt });
    const told = store.history.historyRows('a', 0, 1e15).map(row => row.isAfterLoss);
    assert.deepEqual(told, [false, false]);
  });

  for (const [minutes, isAfterLoss] of [
    [15, false],
    [16, true],
  ] as const) {
    it(`a budget that was reset ${minutes} minutes after the last look is ${isAfterLoss ? '' : 'not '}one that was lost`, () => {
      const resetsAt = new Date(START + minutes * MINUTE).toISOString();
      const nextAt = new Date(START + DAY).toISOString();
      append(0, { used: 5, remaining: 5, resetsAt });
      append(minutes * MINUTE + HOUR, { used: 0, remaining: 10, resetsAt: nextAt });
      // Within the same second it stays so.
      append(minutes * MINUTE + HOUR + 100, { used: 1, remaining: 9, resetsAt: nextAt });
      const told = store.history.historyRows('a', 0, 1e15).map(row => row.isAfterLoss);
      assert.deepEqual(told, [false, isAfterLoss]);
    });
  }

  describe('whose scale a version before did not write down', () => {
    /** What that version recorded, and then a reading that tells its scale: the series and spend of both. */
    const goneOn = (
      unit: Unit,
      [used, remaining]: readonly [number, number],
      [usedNow, remainingNow]: readonly [number, number],
      counter: Omit<Counter, 'source' | 'fingerprint'>,
      fingerprint = 'f',
    ) => {
      const before = { perUnit: 1, source: 'before', fingerprint: 'f' };
      append(0, { used, remaining, counter: before }, unit);
      const now = { ...counter, source: 'usage', fingerprint };
      append(MINUTE, { used: usedNow, remaining: remainingNow, counter: now }, unit);
      return store.history.historyRows('a', 0, 1e15).map(({ series, spent }) => [series, spent]);
    };
    const ON: readonly number[][] = [
      [1, 0],
      [1, 1],
    ];
    const ANEW: readonly number[][] = [
      [1, 0],
      [2, 0],
    ];
    const scaled = { perUnit: 500_000 };

    it('goes on where what was used and what is left have the same sum', () => {
      assert.deepEqual(goneOn(USD, [5, 15], [6 * 500_000, 14 * 500_000], scaled), ON);
    });

    it('starts over where the sum is another, which another scale may have made', () => {
      assert.deepEqual(goneOn(USD, [5, 15], [6 * 500_000, 30 * 500_000], scaled), ANEW);
    });

    it('goes on after a top-up where the gateway’s own amounts are in the unit', () => {
      assert.deepEqual(goneOn(USD, [5, 15], [6, 30], { perUnit: 1 }), ON);
    });

    it('starts over after a top-up where the gateway converts its amounts', () => {
      assert.deepEqual(goneOn(USD, [5, 15], [6, 30], { perUnit: 1, isConverted: true }), ANEW);
    });

    it('goes on after a top-up of tokens, which have one scale only', () => {
      assert.deepEqual(goneOn(TOKENS, [100, 1500], [101, 3000], { perUnit: 1, isConverted: true }), ON);
    });

    it('starts over with another secret', () => {
      assert.deepEqual(goneOn(USD, [5, 15], [6, 14], { perUnit: 1 }, 'g'), ANEW);
    });
  });
});
