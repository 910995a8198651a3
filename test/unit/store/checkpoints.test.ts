import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Checkpoints } from '../../../src/store/checkpoints.ts';
import { databasePath } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { ManualClock } from '../support/manualClock.ts';
import { NOW } from '../support/samples.ts';
import { until } from '../support/until.ts';

/** How many commits are worth it, how long the lull is, and how many commits are too many. */
const WORTH_IT = 250;
const LULL_MS = 500;
const TOO_MANY = 4000;

describe('the log of what was committed', () => {
  let path: string;
  let database: DatabaseSync;
  let clock: ManualClock;
  let checkpoints: Checkpoints;
  let lulls: number;

  const logBytes = () => statSync(`${path}-wal`).size;
  const isMoved = () => logBytes() === 0;
  const countLulls = (ms: number, work: () => void) =>
    clock.after(ms, () => {
      lulls++;
      work();
    });

  function commit(times: number): void {
    database.exec('INSERT INTO chores (name, done_at) VALUES (hex(randomblob(8)), 1)');
    for (let time = 0; time < times; time++) checkpoints.committed();
  }

  beforeEach(() => {
    const folder = tempFolder();
    path = databasePath(folder);
    database = openDatabase(folder, NOW).database;
    clock = new ManualClock();
    lulls = 0;
    checkpoints = new Checkpoints(database, path, countLulls);
  });

  afterEach(() => {
    checkpoints.stop();
    database.close();
    removeTempFolders();
  });

  it('is moved into the file and cut when nothing is written for a while, and nothing of it is lost', async () => {
    commit(WORTH_IT);
    assert.ok(logBytes() > 0);
    await clock.advance(LULL_MS);
    await until(isMoved);
    assert.equal(database.prepare('SELECT count(*) AS count FROM chores').get()?.count, 1);
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  });

  it('is left alone while it is short', async () => {
    commit(WORTH_IT - 1);
    await clock.advance(100 * LULL_MS);
    assert.equal(lulls, 0);
  });

  it('is left alone while there is always something to write', async () => {
    commit(WORTH_IT);
    for (let time = 0; time < 10; time++) {
      await clock.advance(LULL_MS - 1);
      commit(1);
    }
    assert.equal(lulls, 0);
    await clock.advance(LULL_MS);
    assert.equal(lulls, 1);
    await until(isMoved);
  });

  it('is moved all the same before it grows too long', async () => {
    commit(TOO_MANY - 1);
    assert.ok(logBytes() > 0);
    commit(1);
    await until(isMoved);
    assert.equal(lulls, 0);
  });

  it('is moved again when as much was written anew', async () => {
    commit(WORTH_IT);
    await clock.advance(LULL_MS);
    await until(isMoved);
    commit(WORTH_IT - 1);
    await clock.advance(LULL_MS);
    assert.equal(lulls, 1);
    commit(1);
    // The thread that cut the log may not have ended yet; then the next one waits for another lull.
    while (!isMoved()) {
      await clock.advance(LULL_MS);
      await turn();
    }
  });

  it('is not touched any more when the database is to be closed', async () => {
    commit(WORTH_IT);
    checkpoints.stop();
    await clock.advance(LULL_MS);
    assert.equal(lulls, 0);
  });
});
