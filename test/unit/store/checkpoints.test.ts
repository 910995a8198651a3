import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { Checkpoints, checkpointInThread } from '../../../src/store/checkpoints.ts';
import { databasePath } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';
import { until } from '../support/until.ts';

/** How many commits are between two checkpoints. */
const COMMITS = 500;

afterEach(removeTempFolders);

/** How many chores the file holds by itself, without its log. */
function choresInFile(path: string): number {
  const copy = join(tempFolder(), 'copy.db');
  copyFileSync(path, copy);
  const database = new DatabaseSync(copy);
  try {
    return Number(database.prepare('SELECT count(*) AS count FROM chores').get()?.count);
  } catch {
    // Copied while it was written, or before its tables were.
    return 0;
  } finally {
    database.close();
  }
}

describe('the log of what was committed', () => {
  it('is written into the file by a thread, and nothing of it is lost', async () => {
    const folder = tempFolder();
    const path = databasePath(folder);
    const { database } = openDatabase(folder, NOW);
    database.exec("INSERT INTO chores (name, done_at) VALUES ('one', 1), ('two', 2)");
    assert.equal(choresInFile(path), 0);
    await checkpointInThread(path);
    assert.equal(choresInFile(path), 2);
    assert.equal(database.prepare('SELECT count(*) AS count FROM chores').get()?.count, 2);
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    database.close();
  });

  it('of a file that was removed makes no new one', async () => {
    const path = databasePath(tempFolder());
    await assert.rejects(checkpointInThread(path));
    assert.equal(existsSync(path), false);
  });

  it('of the store is written after some hundred commits', async () => {
    const folder = tempFolder();
    const store = new SqliteStore(folder, NOW);
    store.transaction(() => store.maintenance.markDone('chore', NOW));
    for (let time = 1; time < COMMITS; time++) store.transaction(() => undefined);
    await until(() => choresInFile(databasePath(folder)) === 1);
    store.close();
  });

  it('is written by SQLite itself before it takes more than 64 MB', () => {
    const { database } = openDatabase(tempFolder(), NOW);
    const pages = Number(database.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint);
    const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.page_size);
    assert.ok(pages > 0 && pages * pageBytes <= 64 * 2 ** 20, `${pages} pages`);
    database.close();
  });
});

describe('checkpoints', () => {
  /** Checkpoints that end when they are told to, and the paths they were for. */
  function counted() {
    const paths: string[] = [];
    let end: (error?: Error) => void = () => undefined;
    const checkpoints = new Checkpoints('a path', path => {
      paths.push(path);
      return new Promise((resolve, reject) => {
        end = error => (error ? reject(error) : resolve());
      });
    });
    const commit = (times: number) => {
      for (let time = 0; time < times; time++) checkpoints.countCommit();
    };
    return { paths, commit, end: (error?: Error) => end(error) };
  }

  it('come once in five hundred commits', async () => {
    const { paths, commit, end } = counted();
    commit(COMMITS - 1);
    assert.deepEqual(paths, []);
    commit(1);
    assert.deepEqual(paths, ['a path']);
    end();
    await turn();
    commit(COMMITS - 1);
    assert.equal(paths.length, 1);
    commit(1);
    assert.equal(paths.length, 2);
  });

  it('come one after the other', async () => {
    const { paths, commit, end } = counted();
    commit(3 * COMMITS);
    assert.equal(paths.length, 1);
    end();
    await turn();
    commit(1);
    assert.equal(paths.length, 2);
  });

  it('go on after one that failed, of which nobody has to hear', async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown) => unhandled.push(error);
    process.prependListener('unhandledRejection', listener);
    const { paths, commit, end } = counted();
    commit(COMMITS);
    end(new Error('there are no threads'));
    await turn();
    process.removeListener('unhandledRejection', listener);
    commit(COMMITS);
    assert.deepEqual([paths.length, unhandled], [2, []]);
  });
});
