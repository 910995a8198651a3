import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { Unit } from '../../../src/core/quota/unit.ts';
import type { Counter } from '../../../src/core/usage/meterPoint.ts';
import { localDay } from '../../../src/core/usage/range.ts';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { DAY, HOUR, keyRecord, MINUTE, NOW } from '../support/samples.ts';

const KEY: KeyRecord = keyRecord('id-1', { label: 'Team', fingerprint: 'f1' });
const USD: Unit = { code: 'USD', source: 'gateway' };
const CNY: Unit = { code: 'CNY', source: 'gateway' };
const UNITS: Unit = { code: 'UNITS', source: 'setting' };

/** One way of counting; whatever differs in it makes another series. */
interface Measure {
  readonly unit: Unit;
  readonly counter: Counter;
}

const USUAL: Measure = { unit: USD, counter: { perUnit: 500_000, source: 'usage', fingerprint: 'f1' } };
const OTHERS: Readonly<Record<string, Measure>> = {
  'another scale': { ...USUAL, counter: { ...USUAL.counter, perUnit: 250_000 } },
  'another currency': { unit: CNY, counter: { ...USUAL.counter, perUnit: 500_000 / 7.3 } },
  'raw units': { unit: UNITS, counter: { ...USUAL.counter, perUnit: 1 } },
  'another secret': { ...USUAL, counter: { ...USUAL.counter, fingerprint: 'f2' } },
  'another source': { ...USUAL, counter: { ...USUAL.counter, source: 'billing' } },
  'another symbol': { ...USUAL, unit: { code: 'CUSTOM', symbol: '₽', source: 'gateway' } },
};

describe('series of readings', () => {
  let folder: string;
  let store: SqliteStore;

  beforeEach(() => {
    folder = tempFolder();
    store = new SqliteStore(folder, NOW);
    store.transaction(() => store.keys.addKey(KEY));
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const history = () => store.history;
  const append = ({ unit, counter }: Measure, used: number, ms: number) =>
    store.transaction(() =>
      history().appendReading(
        KEY.id,
        unit,
        { at: NOW + ms, used, remaining: 10_000_000 - used, counter },
        NOW + ms,
      ),
    );
  const spent = () =>
    history()
      .historyRows(KEY.id, 0, NOW + 1000 * DAY)
      .map(row => row.spent);
  const days = () =>
    history()
      .spendByDay('2026-01-01', '2027-01-01')
      .map(row => row.spent)
      .reduce((sum, each) => sum + each, 0);

  for (const [what, other] of Object.entries(OTHERS)) {
    it(`with ${what} nothing is spent across the change, and each part is in its own`, () => {
      append(USUAL, 1_000_000, 0);
      append(USUAL, 1_500_000, 5 * MINUTE);
      append(other, 3_000_000, 10 * MINUTE);
      append(other, 3_250_000, 15 * MINUTE);
      const [, mine, , theirs] = spent();
      assert.deepEqual(spent().length, 4);
      assert.equal(mine, 1, '500,000 units at 500,000 a dollar');
      assert.equal(theirs?.toFixed(6), (250_000 / other.counter.perUnit).toFixed(6));
      assert.equal(days().toFixed(6), (1 + 250_000 / other.counter.perUnit).toFixed(6));
      const { since, spans } = history().currentSpend(KEY.id, NOW - DAY, NOW + HOUR);
      assert.equal(since, NOW + 10 * MINUTE);
      assert.equal(spans.length, 1);
    });
  }

  it('two of them within one second are two rows', () => {
    append(USUAL, 1_000_000, 0);
    append(OTHERS['another scale'] ?? USUAL, 1_000_000, 0);
    append(OTHERS['another secret'] ?? USUAL, 5_000_000, 1);
    assert.deepEqual(spent(), [0, 0, 0]);
  });

  it('keep the figures as the gateway counts them, however odd the scale is', () => {
    const odd: Measure = { unit: USD, counter: { ...USUAL.counter, perUnit: 500_000 / 7.3 } };
    append(odd, 1, 0);
    append(odd, 1_000_000, 5 * MINUTE);
    const row = new DatabaseSync(databasePath(folder))
      .prepare('SELECT used, spent FROM readings ORDER BY at DESC LIMIT 1')
      .get();
    assert.deepEqual({ ...row }, { used: 1_000_000, spent: 999_999 });
  });

  it('a site that turns its amounts by another rate begins another series', () => {
    const counter: Counter = { perUnit: 1, source: 'billing', fingerprint: 'f1', isConverted: true };
    const add = (used: number, remaining: number, ms: number) =>
      store.transaction(() =>
        history().appendReading(KEY.id, USD, { at: NOW + ms, used, remaining, counter }, NOW + ms),
      );
    add(10, 90, 0);
    add(12, 88, 5 * MINUTE);
    // Twice as much of everything, and a dollar more spent.
    add(25, 175, 10 * MINUTE);
    add(26, 174, 15 * MINUTE);
    assert.deepEqual(spent(), [0, 2, 0, 1]);
    assert.equal(history().currentSpend(KEY.id, NOW - DAY, NOW + HOUR).since, NOW + 10 * MINUTE);
    assert.equal(
      new Set(
        history()
          .historyRows(KEY.id, 0, NOW + DAY)
          .map(({ series }) => series),
      ).size,
      2,
    );
  });

  it('know for how long each day was watched', () => {
    // Looked at every hour from 18:00 to 22:00 UTC, and again from 12 hours and a half later on.
    for (let hour = 0; hour <= 4; hour++) append(USUAL, 1_000_000, (6 + hour) * HOUR);
    append(USUAL, 1_000_000, 22.5 * HOUR);
    append(USUAL, 1_000_000, 23 * HOUR);
    const watched = Map.groupBy(history().spendByDay('2026-01-01', '2027-01-01'), ({ day }) => day);
    const hours = [...watched].map(([day, rows]) => [
      day,
      rows.reduce((sum, { watchedMs }) => sum + watchedMs, 0) / HOUR,
    ]);
    assert.deepEqual(hours, [
      [localDay(NOW + 6 * HOUR), 4],
      [localDay(NOW + 23 * HOUR), 0.5],
    ]);
  });

  it('time over midnight is watched on both days', () => {
    const midnight = new Date(NOW).setHours(24, 0, 0, 0) - NOW;
    append(USUAL, 1_000_000, midnight - 2 * HOUR);
    append(USUAL, 1_000_000, midnight + HOUR);
    const watched = history().spendByDay('2026-01-01', '2027-01-01');
    assert.deepEqual(
      watched.map(({ day, watchedMs }) => [day, watchedMs / HOUR]),
      [
        [localDay(NOW), 2],
        [localDay(NOW + midnight), 1],
      ],
    );
  });

  it('spend is never spread over the time of another series', () => {
    append(USUAL, 1_000_000, 0);
    append(OTHERS['another scale'] ?? USUAL, 1_000_000, HOUR);
    append(OTHERS['another scale'] ?? USUAL, 1_250_000, 2 * HOUR);
    append(USUAL, 9_000_000, 3 * HOUR);
    append(USUAL, 9_500_000, 4 * HOUR);
    const spans = history().spendSpans(KEY.id, USD, NOW, NOW + DAY);
    assert.deepEqual(
      spans.map(({ at, since }) => [(at - NOW) / HOUR, since && (since - NOW) / HOUR]),
      [
        [2, 1],
        [4, 3],
      ],
    );
  });

  it('whatever changes and grows: what is recorded is what was seen to be spent within one series', () => {
    const measures = [USUAL, ...Object.values(OTHERS)];
    const step = fc.record({
      measure: fc.nat(measures.length - 1),
      stays: fc.boolean(),
      grows: fc.oneof(fc.constant(0), fc.nat(3_000_000)),
      minutes: fc.integer({ min: 1, max: 2000 }),
    });
    let run = 0;
    const property = fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), steps => {
      const id = `key-${run++}`;
      store.transaction(() => store.keys.addKey({ ...KEY, id, fingerprint: id }));
      let [used, at, now] = [1_000_000, NOW, 0];
      let expected = 0;
      for (const [index, { measure, stays, grows, minutes }] of steps.entries()) {
        const before = now;
        now = stays ? now : measure;
        used += grows;
        at += minutes * MINUTE;
        const { unit, counter } = measures[now] ?? USUAL;
        if (index > 0 && now === before) expected += grows / counter.perUnit;
        store.transaction(() =>
          history().appendReading(id, unit, { at, used, remaining: 1e9 - used, counter }, at),
        );
      }
      const rows = history().historyRows(id, 0, at);
      const recorded = rows.reduce((sum, row) => sum + row.spent, 0);
      assert.ok(Math.abs(recorded - expected) <= 1e-6 * Math.max(1, expected), `${recorded} ${expected}`);
    });
    void fc.assert(property, { numRuns: 150 });
  });
});

describe('a database of the version before', () => {
  afterEach(removeTempFolders);

  it('keeps all that was recorded, in the unit it was recorded in', () => {
    const folder = tempFolder();
    const old = new DatabaseSync(databasePath(folder));
    migrate(old, 2);
    const at = NOW / 1000;
    old.exec(`
      INSERT INTO keys (no, id, label, kind, origin, credential, fingerprint, created_at)
        VALUES (1, 'a', 'A', 'newApi', 'https://gw.example', 'apiKey', 'f1', 0),
               (2, 'b', 'B', 'newApi', 'https://gw.example', 'apiKey', 'f2', 0);
      INSERT INTO units (no, code, symbol) VALUES (5, 'USD', ''), (7, 'TOKENS', ''), (9, 'CUSTOM', '₽');
      INSERT INTO readings (key_no, at, lasted, unit_no, remaining, used, spent) VALUES
        (1, ${at - 7200}, 600, 7, 900, 100, 0), (1, ${at - 3600}, 0, 5, 18000000, 2000000, 0),
        (1, ${at}, 300, 5, 17500000, 2500000, 500000), (2, ${at}, 0, 9, NULL, 1250000, 250000);
      INSERT INTO meters (key_no, unit_no, high, remaining) VALUES (1, 5, 2500000, 17500000), (2, 9, 1250000, NULL);
      INSERT INTO days (key_no, day, unit_no, spent)
        VALUES (1, '2026-06-15', 5, 500000), (1, '2026-06-14', 7, 40), (2, '2026-06-15', 9, 250000);`);
    old.close();
    const store = new SqliteStore(folder, NOW);
    assert.equal(store.trouble, undefined);
    const history = store.history;
    const rows = (id: string) =>
      history
        .historyRows(id, 0, NOW + DAY)
        .map(({ unit, remaining, used, spent }) => [unit.symbol ?? unit.code, remaining, used, spent]);
    assert.deepEqual(rows('a'), [
      ['TOKENS', 900, 100, 0],
      ['USD', 18, 2, 0],
      ['USD', 17.5, 2.5, 0.5],
    ]);
    assert.deepEqual(rows('b'), [['₽', undefined, 1.25, 0.25]]);
    assert.deepEqual(
      history
        .spendByDay('2026-06-01', '2026-06-30')
        .map(row => [row.keyId, row.day, row.unit.code, row.spent]),
      [
        ['a', '2026-06-14', 'TOKENS', 40],
        ['a', '2026-06-15', 'USD', 0.5],
        ['b', '2026-06-15', 'CUSTOM', 0.25],
      ],
    );
    store.close();
  });
});
