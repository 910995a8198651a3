import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { StoreTrouble } from '../../../src/core/ports/storeTrouble.ts';
import { databasePath, fileAt, inMemory } from '../../../src/store/database.ts';
import { afterDamage } from '../../../src/store/openDatabase.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';

describe('a file that another window has set aside', () => {
  let folder: string;
  let store: SqliteStore;
  const told: StoreTrouble[] = [];

  const sent = (window: SqliteStore) => window.requests.sentSince(ORIGIN, 'scarce', 0);
  const send = (window: SqliteStore, at: number) =>
    window.transaction(() => window.requests.addCall(ORIGIN, 'scarce', at));

  /** What another window does that found the file damaged: it goes on in a new one. */
  function otherWindow(): SqliteStore {
    afterDamage(folder, fileAt(databasePath(folder)), NOW).database.close();
    return new SqliteStore(folder, NOW);
  }

  beforeEach(() => {
    folder = tempFolder();
    store = new SqliteStore(folder, NOW, trouble => told.push(trouble));
    send(store, NOW);
  });

  afterEach(() => {
    store.close();
    told.length = 0;
    removeTempFolders();
  });

  it('is left for the one in its place: both windows see what either writes there', () => {
    const other = otherWindow();
    send(other, NOW + 1);
    assert.deepEqual(sent(store), [NOW]);
    assert.equal(store.followFile(NOW + 2), true);
    assert.deepEqual(sent(store), [NOW + 1]);
    send(store, NOW + 2);
    assert.deepEqual(sent(other), [NOW + 1, NOW + 2]);
    other.close();
  });

  it('is left once, and without a word: the other window has told', () => {
    otherWindow().close();
    assert.equal(store.followFile(NOW), true);
    assert.equal(store.followFile(NOW), false);
    assert.deepEqual(told, []);
  });

  it('is left for one that is damaged as well, which is set aside in its turn', () => {
    otherWindow().close();
    const path = databasePath(folder);
    const moved = `${path}.damaged-2026-06-15T12-00-01-000Z`;
    writeFileSync(path, 'x'.repeat(8192));
    assert.equal(store.followFile(NOW + 1000), true);
    assert.deepEqual(told, [{ kind: 'damaged', movedTo: moved }]);
    assert.equal(store.shared, true);
    send(store, NOW + 1);
    assert.deepEqual(sent(store), [NOW + 1]);
  });

  it('is kept while it is where it was, or nothing is in its place', () => {
    assert.equal(store.followFile(NOW), false);
    rmSync(databasePath(folder));
    assert.equal(store.followFile(NOW), false);
    assert.deepEqual(sent(store), [NOW]);
  });

  it('is put back with a log of its own where its log alone was left, by what a person sets', () => {
    const other = new SqliteStore(folder, NOW);
    rmSync(databasePath(folder));
    store.transactionOnDisk(() => store.requests.addCall(ORIGIN, 'scarce', NOW + 1));
    // The other one has not noticed yet, and writes into the file that was removed.
    send(other, NOW + 2);
    send(store, NOW + 3);
    assert.deepEqual(sent(store), [NOW, NOW + 1, NOW + 3]);
    assert.equal(other.followFile(NOW), true);
    assert.deepEqual(sent(other), [NOW, NOW + 1, NOW + 3]);
    const onDisk = new DatabaseSync(databasePath(folder));
    assert.equal(onDisk.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    assert.equal(onDisk.prepare('PRAGMA journal_mode').get()?.journal_mode, 'wal');
    onDisk.close();
    other.close();
  });

  it('means nothing to a window that has gone on in memory', () => {
    const newer = new SqliteStore(folder, NOW, undefined, () => inMemory({ kind: 'newer' }));
    otherWindow().close();
    send(newer, NOW + 1);
    assert.equal(newer.followFile(NOW), false);
    assert.deepEqual(sent(newer), [NOW + 1]);
    newer.close();
  });
});

describe('damage that is met by a read on its own, in the midst of work', () => {
  afterEach(removeTempFolders);

  it('is set aside and said, and the read is answered from the new file', () => {
    const folder = tempFolder();
    const told: string[] = [];
    const filled = new SqliteStore(folder, NOW);
    filled.transaction(() => filled.requests.addCall(ORIGIN, 'scarce', NOW));
    filled.close();
    const store = new SqliteStore(folder, NOW, ({ kind }) => told.push(kind));
    writeFileSync(databasePath(folder), 'x'.repeat(300_000));
    rmSync(`${databasePath(folder)}-wal`, { force: true });
    assert.deepEqual(store.requests.sentSince(ORIGIN, 'scarce', 0), []);
    assert.deepEqual(told, ['damaged']);
    assert.equal(store.shared, true);
    store.close();
  });
});
