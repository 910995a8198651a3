import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { keyRecord } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { useStore } from '../support/useStore.ts';

const UNIT = { code: 'USD', source: 'gateway' } as const;
const OTHER = { code: 'CNY', source: 'gateway' } as const;
/** A full hour, in epoch seconds, and the beginning of a day of UTC. */
const START = Date.UTC(2026, 0, 10) / 1000;
const HOUR = 3600;
const DAY = 86_400;

describe('merging old readings', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  useStore(['a', 'b', 'c'], START * 1000, opened => {
    store = opened;
  });

  const append = (id: string, second: number, used: number, unit: typeof UNIT | typeof OTHER = UNIT) => {
    const at = (START + second) * 1000;
    store.transaction(() => store.history.appendReading(id, unit, { at, used }, at));
  };
  const compact = (keyNo: number, each: 'hour' | 'day', from: number, to: number) =>
    store.transaction(() =>
      store.compaction.compactKey(keyNo, [{ each, from: START + from, to: START + to }]),
    );
  /** Seconds from the start, the last figure, what was spent, and whether it stands for several. */
  const rows = (id: string) =>
    store.history
      .historyRows(id, 0, Number.MAX_SAFE_INTEGER)
      .map(({ from, to, used, spent, isMerged }) => [
        from / 1000 - START,
        to / 1000 - START,
        used,
        spent,
        isMerged,
      ]);

  it('goes through all keys', () => {
    assert.deepEqual(store.compaction.keysToCompact(), [1, 2, 3]);
  });

  it('goes through no key without readings of the time that is merged', () => {
    append('a', HOUR - 1, 1);
    append('b', HOUR, 1);
    append('c', 3 * HOUR, 1);
    const spans = [
      { each: 'day', from: START + HOUR, to: START + 2 * HOUR },
      { each: 'hour', from: START + 2 * HOUR, to: START + 3 * HOUR },
    ] as const;
    assert.deepEqual(store.compaction.keysToCompact(spans), [2]);
    append('a', 3 * HOUR - 1, 2);
    assert.deepEqual(store.compaction.keysToCompact(spans), [1, 2]);
  });

  it('takes a span from its first second to the one before its end', () => {
    for (const [second, used] of [
      [-1, 1],
      [0, 2],
      [600, 3],
      [HOUR - 1, 4],
      [HOUR, 5],
      [HOUR + 1, 6],
    ] as const)
      append('a', second, used);
    compact(1, 'hour', 0, HOUR + 1);
    assert.deepEqual(rows('a'), [
      [-1, -1, 1, 0, false],
      [0, HOUR - 1, 4, 3, true],
      [HOUR, HOUR, 5, 1, false],
      [HOUR + 1, HOUR + 1, 6, 1, false],
    ]);
  });

  it('lasts as long as the last of them did', () => {
    append('a', 0, 1);
    append('a', 600, 2);
    append('a', 900, 2);
    compact(1, 'hour', 0, HOUR);
    assert.deepEqual(rows('a'), [[0, 900, 2, 1, true]]);
  });

  it('can be done again, with what has come since', () => {
    append('a', 0, 1);
    append('a', 600, 2);
    compact(1, 'hour', 0, HOUR);
    compact(1, 'hour', 0, HOUR);
    assert.deepEqual(rows('a'), [[0, 600, 2, 1, true]]);
    append('a', 1200, 5);
    append('b', 0, 1);
    compact(2, 'hour', 0, HOUR);
    compact(1, 'hour', 0, HOUR);
    assert.deepEqual(rows('a'), [[0, 1200, 5, 4, true]]);
    assert.deepEqual(rows('b'), [[0, 0, 1, 0, false]]);
  });

  it('leaves the rows of other keys alone', () => {
    for (const id of ['a', 'b'])
      for (const [index, second] of [0, 600, 1200].entries()) append(id, second, index);
    compact(1, 'hour', 0, HOUR);
    assert.deepEqual(rows('a'), [[0, 1200, 2, 2, true]]);
    assert.deepEqual(rows('b'), [
      [0, 0, 0, 0, false],
      [600, 600, 1, 1, false],
      [1200, 1200, 2, 1, false],
    ]);
  });

  it('leaves figures of another series that came in between, and merges those on their own', () => {
    append('a', 0, 1);
    append('a', 300, 70, OTHER);
    append('a', 600, 2);
    append('a', 900, 77, OTHER);
    append('a', 1200, 5);
    compact(1, 'hour', 0, HOUR);
    assert.deepEqual(
      store.history
        .historyRows('a', 0, Number.MAX_SAFE_INTEGER)
        .map(({ from, to, used, unit }) => [from / 1000 - START, to / 1000 - START, used, unit.code]),
      [
        [0, 1200, 5, 'USD'],
        [300, 900, 77, 'CNY'],
      ],
    );
  });

  it('says when what is due begins and ends, and goes on there after a complete run', () => {
    const { compaction } = store;
    const now = (START + 5000) * 1000;
    const retention = { rawDays: 30, hourlyDays: 365 };
    const [hourlyTo, dailyTo] = [START + HOUR - 30 * DAY, START - 365 * DAY];
    const first = compaction.spansToCompact(retention, now);
    assert.deepEqual(first, [
      { each: 'day', from: -2 * DAY, to: dailyTo },
      { each: 'hour', from: dailyTo, to: hourlyTo },
    ]);
    store.transaction(() => compaction.finishCompaction(first));
    assert.deepEqual(compaction.spansToCompact(retention, now + DAY * 1000), [
      { each: 'day', from: dailyTo - 2 * DAY, to: dailyTo + DAY },
      { each: 'hour', from: hourlyTo - HOUR, to: hourlyTo + DAY },
    ]);
  });

  it('merges nothing by the day that is not to be merged by the hour', () => {
    const [daily, hourly] = store.compaction.spansToCompact({ rawDays: 30, hourlyDays: 7 }, START * 1000);
    assert.deepEqual([daily?.to, hourly?.to], [START - 30 * DAY, START - 30 * DAY]);
  });

  it('begins with the oldest again where a clock ahead of its time has made the last run', () => {
    const { compaction } = store;
    const retention = { rawDays: 30, hourlyDays: 365 };
    const year = 2 * 365 * DAY * 1000;
    store.transaction(() =>
      compaction.finishCompaction(compaction.spansToCompact(retention, START * 1000 + year)),
    );
    const [daily, hourly] = compaction.spansToCompact(retention, START * 1000);
    assert.deepEqual([daily?.from, hourly?.from], [-2 * DAY, START - 365 * DAY]);
  });
});

describe('merging old readings by the clock on the wall', () => {
  useTimeZone('Asia/Kolkata');
  afterEach(removeTempFolders);

  it('keeps the hours of that clock apart, which begin at half past', () => {
    const store = new SqliteStore(tempFolder(), START * 1000);
    store.transaction(() => {
      store.keys.addKey(keyRecord('a', { fingerprint: 'f', createdAt: 0 }));
      for (const minute of [10, 20, 40, 50]) {
        const at = (START + minute * 60) * 1000;
        store.history.appendReading('a', UNIT, { at, used: minute }, at);
      }
      store.compaction.compactKey(1, [{ each: 'hour', from: START, to: START + HOUR }]);
    });
    assert.deepEqual(
      store.history
        .historyRows('a', 0, Number.MAX_SAFE_INTEGER)
        .map(({ from, to }) => [(from / 1000 - START) / 60, (to / 1000 - START) / 60]),
      [
        [10, 20],
        [40, 50],
      ],
    );
    store.close();
  });
});
