import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { SCHEMA_VERSION, schemaVersion } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { Child } from '../support/child.ts';
import { earlierFile, MARKS } from '../support/earlierFile.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

/** Where its process ends, and the version that the file has then. */
const DEATHS = [
  ['json_valid', 4],
  ['length', 4],
  ['CREATE TABLE fired', 4],
  ['-- How much of what we allow', 4],
  [`PRAGMA user_version = ${SCHEMA_VERSION}`, 4],
  ['COMMIT', SCHEMA_VERSION],
] as const;

/** So many that they fill pages, some of which are on the disk before the end. */
const MANY: typeof MARKS = [
  ...MARKS,
  ...Array.from({ length: 2000 }, (_, index) => ['c', `low %:${index}`, 'm'.repeat(200)] as const),
];

describe('a window that is killed while it brings the database up to date', () => {
  afterEach(removeTempFolders);

  for (const journal of ['WAL', 'DELETE']) {
    for (const [where, version] of DEATHS) {
      it(`leaves all of schema ${version} (${journal}, at ${where})`, async function () {
        // A process has to start, which takes a while on a busy machine.
        this.timeout(120_000);
        const folder = tempFolder();
        earlierFile(folder, 4, MANY);
        const path = databasePath(folder);
        let file = new DatabaseSync(path);
        file.exec(`PRAGMA journal_mode = ${journal}`);
        file.close();
        const child = new Child(new URL('../support/dyingMigration.ts', import.meta.url), [folder, where]);
        assert.notEqual(await child.ended, 0, 'it was not killed');
        const left = statSync(`${path}${journal === 'WAL' ? '-wal' : '-journal'}`, { throwIfNoEntry: false });
        if (journal === 'WAL' || version === 4)
          assert.ok((left?.size ?? 0) > 4096, 'nothing was on the disk yet');
        file = new DatabaseSync(path);
        assert.equal(schemaVersion(file), version);
        const kinds = file
          .prepare("SELECT name, type FROM sqlite_schema WHERE name IN ('marks', 'fired', 'snoozes')")
          .all();
        assert.deepEqual(
          Object.fromEntries(kinds.map(({ name, type }) => [name, type])),
          version === 4 ? { marks: 'table' } : { marks: 'view', fired: 'table', snoozes: 'table' },
        );
        assert.equal(file.prepare('SELECT count(*) AS count FROM marks').get()?.count, MANY.length);
        assert.equal(file.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
        file.close();
        const store = new SqliteStore(folder, NOW);
        assert.equal(store.trouble, undefined);
        assert.equal(store.fired.firedOf('c').size, 2000);
        assert.equal(store.snoozes.allSnoozes().size, 2);
        assert.deepEqual(
          [...store.aliases.allAliases()],
          [
            ['a', 2],
            ['b', 5],
          ],
        );
        store.close();
      });
    }
  }
});
