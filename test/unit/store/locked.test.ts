import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NotSavedError } from '../../../src/core/ports/notSavedError.ts';
import type { StoreTrouble } from '../../../src/core/ports/storeTrouble.ts';
import { databasePath } from '../../../src/store/database.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { LoopProbe } from '../../bench/loopProbe.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';
/** Less than the five seconds that the first release waited within SQLite, and more than a busy machine may keep a process from its turn. */
const LONGEST_BLOCK_MS = 2500;

describe('a database that another program keeps locked', () => {
  let folder: string;
  let other: DatabaseSync;
  let store: SqliteStore | undefined;
  const told: StoreTrouble[] = [];

  /** So that nobody can even read; once it is in use, nobody can write. */
  const lockWhole = () => other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const lock = () => other.exec('BEGIN EXCLUSIVE');
  const letGo = () => other.close();
  const start = (timeoutMs: number) =>
    SqliteStore.start(
      folder,
      () => NOW,
      trouble => told.push(trouble),
      { timeoutMs },
    );
  const sent = () => store?.requests.sentSince(ORIGIN, 'scarce', 0);

  beforeEach(() => {
    folder = tempFolder();
    const first = new SqliteStore(folder, NOW);
    first.transaction(() => first.requests.addCall(ORIGIN, 'scarce', NOW));
    first.close();
    other = new DatabaseSync(databasePath(folder));
    told.length = 0;
  });

  afterEach(() => {
    store?.close();
    if (other.isOpen) other.close();
    removeTempFolders();
  });

  it('at the start, is waited for, and nobody hears of it', async () => {
    lockWhole();
    const starting = start(20_000);
    setTimeout(letGo, 500);
    store = await starting;
    assert.deepEqual([store.trouble, told, sent()], [undefined, [], [NOW]]);
  });

  it('for long, is told, never set aside, and used as soon as it is free', async () => {
    lockWhole();
    store = await start(0);
    assert.deepEqual(told, [{ kind: 'locked' }]);
    assert.equal(store.followFile(NOW), false);
    assert.throws(() => store?.transactionOnDisk(() => undefined), new NotSavedError('locked'));
    letGo();
    assert.equal(store.followFile(NOW), true);
    assert.deepEqual([store.trouble, sent()], [undefined, [NOW]]);
    assert.equal(store.followFile(NOW), false);
  });

  it('while it is in use, is waited for', async () => {
    store = await start(0);
    lock();
    const writing = store.retryWhileLocked(() =>
      store?.transaction(() => store?.requests.addCall(ORIGIN, 'scarce', NOW + 1)),
    );
    setTimeout(letGo, 500);
    await writing;
    assert.deepEqual(sent(), [NOW, NOW + 1]);
  });

  it('for longer than that, is told, and VS Code is never kept waiting for it', async () => {
    store = await start(0);
    lock();
    const probe = await LoopProbe.start();
    const writing = store.retryWhileLocked(() => store?.transaction(() => undefined), 1500);
    await assert.rejects(writing, new NotSavedError('locked'));
    const longest = probe.stop();
    assert.ok(longest < LONGEST_BLOCK_MS, `${longest} ms`);
  });
});
