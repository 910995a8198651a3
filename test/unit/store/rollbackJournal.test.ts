import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';

/** What stands where the shared memory should be, so that SQLite fails with the codes of 9p and virtiofs. */
const OBSTACLES: Readonly<Record<string, (path: string) => void>> = {
  'cannot be made (READONLY)': path => mkdirSync(path),
  'cannot be opened (CANTOPEN)': path => symlinkSync('/nowhere/at/all', path),
  'cannot be sized or mapped (IOERR)': path => void execFileSync('mkfifo', [path]),
};

describe('a file system on which shared memory', () => {
  afterEach(removeTempFolders);

  for (const [what, obstruct] of Object.entries(OBSTACLES)) {
    for (const before of ['nothing', 'a log']) {
      it(`${what}, and on which there was ${before}, is shared by windows, and keeps what they write`, () => {
        const folder = tempFolder();
        if (before === 'a log') {
          const old = new SqliteStore(folder, NOW);
          old.transaction(() => old.requests.addCall(ORIGIN, 'scarce', NOW - 1));
          old.close();
        }
        rmSync(`${databasePath(folder)}-shm`, { force: true });
        obstruct(`${databasePath(folder)}-shm`);
        const [one, two] = [new SqliteStore(folder, NOW), new SqliteStore(folder, NOW)];
        assert.deepEqual(
          [one.trouble, two.trouble, one.shared, two.shared],
          [undefined, undefined, true, true],
        );
        const version = one.dataVersion;
        two.transaction(() => two.requests.addCall(ORIGIN, 'scarce', NOW));
        assert.notEqual(one.dataVersion, version);
        one.transactionOnDisk(() => one.requests.addCall(ORIGIN, 'scarce', NOW + 1));
        const sent = before === 'a log' ? [NOW - 1, NOW, NOW + 1] : [NOW, NOW + 1];
        for (const window of [one, two]) {
          assert.deepEqual(window.requests.sentSince(ORIGIN, 'scarce', 0), sent);
          window.close();
        }
        assert.equal(readFileSync(databasePath(folder))[18], 1);
        const later = new SqliteStore(folder, NOW);
        assert.deepEqual([later.trouble, later.fresh], [undefined, false]);
        assert.deepEqual(later.requests.sentSince(ORIGIN, 'scarce', 0), sent);
        later.close();
        const database = new DatabaseSync(databasePath(folder));
        assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
        database.close();
      });
    }
  }
});
