import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MINUTE, NOW } from '../support/samples.ts';

const UNIT = { code: 'USD', source: 'gateway' } as const;
/** The way stands after two words of the source. */
const SOURCE = 'USD gateway used by key';

describe('whether another scale may have held in a range', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    store.transaction(() => {
      for (const id of ['a', 'b'])
        store.keys.addKey({
          id,
          label: id,
          kind: 'newApi',
          origin: 'https://gw.example',
          credential: 'apiKey',
          fingerprint: 'f',
          pinned: false,
          createdAt: NOW,
        });
    });
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
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
  const isAnother = (from: number, to: number, id = 'a') =>
    store.scales.isAnotherIn(id, { from: NOW + from * MINUTE, to: NOW + to * MINUTE });

  it('is so from the last look before its first to the first look after its last, ends not included', () => {
    look(0, 1000);
    look(10, 2000);
    look(20, 2000, { used: 10 });
    look(30, 2000);
    look(40, 1000);
    look(50, 1000);
    assert.deepEqual(
      [isAnother(-20, 0), isAnother(-20, 1), isAnother(15, 16), isAnother(39, 60), isAnother(40, 60)],
      [false, true, true, true, false],
    );
  });

  it('counts a run of equal readings to its end', () => {
    look(0, 1000, { used: 5 });
    look(20, 1000, { used: 5 });
    look(30, 2000);
    look(60, 1000, { used: 70 });
    assert.equal(isAnother(10, 20), false);
    assert.equal(isAnother(20, 21), true);
  });

  it('is not so for another key, nor where there is one scale', () => {
    look(0, 1000);
    look(10, 2000);
    look(0, 1000, { id: 'b' });
    look(10, 1000, { id: 'b' });
    assert.deepEqual([isAnother(-5, 5), isAnother(-5, 5, 'b')], [true, false]);
  });

  it('compares what was read in one way alone', () => {
    look(0, 1000);
    look(10, 2000, { source: 'USD gateway used by account' });
    look(20, 1000);
    look(30, 2000, { source: 'USD gateway used by account' });
    assert.equal(isAnother(0, 40), false);
    look(40, 2000);
    assert.equal(isAnother(0, 40), true);
  });

  it('is not so where another secret is counted by the same scale', () => {
    look(0, 1000);
    look(10, 1000, { fingerprint: 'g' });
    look(20, 2000, { fingerprint: 'h', source: 'USD gateway used elsewhere' });
    assert.equal(isAnother(0, 30), false);
  });
});
