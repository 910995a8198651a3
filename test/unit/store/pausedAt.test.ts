import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { earlierFile } from '../support/earlierFile.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

/** Every row of a file, table by table. */
function rowsOf(folder: string): Record<string, Record<string, unknown>[]> {
  const file = new DatabaseSync(databasePath(folder), { readOnly: true });
  const names = file
    .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));
  const rows = Object.fromEntries(names.map(name => [name, file.prepare(`SELECT * FROM ${name}`).all()]));
  file.close();
  return rows;
}

describe('since when the checks of a key are paused', () => {
  afterEach(removeTempFolders);

  it('is a column that a file of schema 5 gets, which loses nothing by it', () => {
    const folder = tempFolder();
    earlierFile(folder, 4);
    const file = new DatabaseSync(databasePath(folder));
    migrate(file, 5);
    file.close();
    const before = rowsOf(folder);
    new SqliteStore(folder, NOW).close();
    const after = rowsOf(folder);
    for (const [table, rows] of Object.entries(before)) {
      const names = Object.keys(rows[0] ?? {});
      const kept = after[table]?.map(row => Object.fromEntries(names.map(name => [name, row[name]])));
      assert.deepEqual(
        kept,
        rows.map(row => ({ ...row })),
        table,
      );
    }
    assert.deepEqual(
      after.keys?.map(row => row.paused_at),
      [null, null, null],
    );
    assert.equal(before.keys?.length, 3);
  });

  it('is there again when the file is opened again, until it is taken away', () => {
    const folder = tempFolder();
    earlierFile(folder, 4);
    let store = new SqliteStore(folder, NOW);
    assert.equal(store.keys.findKey('a')?.pausedAt, undefined);
    store.keys.setPaused('a', NOW);
    store.close();
    store = new SqliteStore(folder, NOW);
    assert.deepEqual(
      store.keys.allKeys().map(({ id, pausedAt }) => [id, pausedAt]),
      [
        ['a', NOW],
        ['b', undefined],
        ['c', undefined],
      ],
    );
    store.keys.setPaused('a', undefined);
    assert.equal(store.keys.findKey('a')?.pausedAt, undefined);
    store.close();
  });
});
