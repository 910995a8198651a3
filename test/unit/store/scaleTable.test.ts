import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import type { SqliteStore } from '../../../src/store/store.ts';
import { MINUTE, NOW } from '../support/samples.ts';
import { useStore } from '../support/useStore.ts';

const UNIT = { code: 'USD', source: 'gateway' } as const;
/** The way stands after two words of the source. */
const SOURCE = 'key used quota';

describe('whether another scale may have held in a range', () => {
  let folder: string;
  let store: SqliteStore;

  useStore(['a', 'b'], NOW, (opened, at) => {
    store = opened;
    folder = at;
  });

  /** A reading so many minutes from now on. */
  const look = (
    minute: number,
    perUnit: number,
    { id = 'a', source = SOURCE, fingerprint = 'f', used = minute } = {},
  ) => {
    const at = NOW + minute * MINUTE;
    const point = { at, used, counter: { perUnit, source, fingerprint } };
    store.transaction(() => store.history.appendReading(id, UNIT, point, at));
  };
  /** In a range of minutes. */
  const hasChanged = (from: number, to: number, id = 'a') =>
    store.scales.hasChangedIn(id, { from: NOW + from * MINUTE, to: NOW + to * MINUTE });

  it('is so from the last look before its first to the first look after its last, ends not included', () => {
    look(0, 1000);
    look(10, 2000);
    look(20, 2000, { used: 10 });
    look(30, 2000);
    look(40, 1000);
    look(50, 1000);
    assert.deepEqual(
      [hasChanged(-20, 0), hasChanged(-20, 1), hasChanged(15, 16), hasChanged(39, 60), hasChanged(40, 60)],
      [false, true, true, true, false],
    );
  });

  it('counts a run of equal readings to its end', () => {
    look(0, 1000, { used: 5 });
    look(20, 1000, { used: 5 });
    look(30, 2000);
    look(60, 1000, { used: 70 });
    assert.equal(hasChanged(10, 20), false);
    assert.equal(hasChanged(20, 21), true);
  });

  it('is not so for another key, nor where there is one scale', () => {
    look(0, 1000);
    look(10, 2000);
    look(0, 1000, { id: 'b' });
    look(10, 1000, { id: 'b' });
    assert.deepEqual([hasChanged(-5, 5), hasChanged(-5, 5, 'b')], [true, false]);
  });

  it('compares what was read in one way alone', () => {
    look(0, 1000);
    look(10, 2000, { source: 'key used billing' });
    look(20, 1000);
    look(30, 2000, { source: 'key used billing' });
    assert.equal(hasChanged(0, 40), false);
    look(40, 2000);
    assert.equal(hasChanged(0, 40), true);
  });

  it('is not so where another secret is counted by the same scale', () => {
    look(0, 1000);
    look(10, 1000, { fingerprint: 'g' });
    look(20, 2000, { fingerprint: 'h', source: 'key used elsewhere' });
    assert.equal(hasChanged(0, 30), false);
  });

  it('is so up to the last of several looks before', () => {
    look(0, 1000);
    look(5, 1000);
    look(10, 2000);
    assert.deepEqual([hasChanged(4, 10), hasChanged(10, 20)], [true, false]);
    look(20, 1000);
    look(25, 1000);
    assert.deepEqual([hasChanged(0, 5), hasChanged(0, 6), hasChanged(20, 30)], [false, true, false]);
  });

  it('is not so where used and left are counted by the same scale', () => {
    look(0, 1000);
    look(10, 1000, { source: 'key left quota' });
    look(20, 2000, { source: 'key used elsewhere' });
    assert.equal(hasChanged(0, 30), false);
  });

  it('is so where amounts are converted at another rate', () => {
    const counter = { perUnit: 1, source: 'key used', fingerprint: 'f', isConverted: true };
    for (const [minute, used, remaining] of [
      [0, 10, 90],
      [10, 20, 180],
    ] as const) {
      const at = NOW + minute * MINUTE;
      store.transaction(() => store.history.appendReading('a', UNIT, { at, used, remaining, counter }, at));
    }
    assert.deepEqual([hasChanged(0, 5), hasChanged(10, 15)], [true, false]);
  });

  it('is not so where a version recorded no scale before', () => {
    const file = new DatabaseSync(databasePath(folder));
    file.exec(`INSERT INTO series (no, key_no, code, symbol, per_unit, parts, fingerprint, source)
        VALUES (1, 1, 'USD', '', 1, 1000000, 'f', 'before');
      INSERT INTO readings (key_no, at, lasted, series_no, used, spent) VALUES (1, ${NOW / 1000}, 0, 1, 5, 0)`);
    file.close();
    look(10, 1000, { source: 'key used' });
    look(20, 2000, { source: 'key used billing' });
    assert.equal(hasChanged(0, 30), false);
  });
});
