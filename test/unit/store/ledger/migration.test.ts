import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { databasePath } from '../../../../src/store/database.ts';
import { migrate } from '../../../../src/store/migrations.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { earlierFile } from '../../support/earlierFile.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { answer, cells, row, takeIn } from '../../support/ledgerSetup.ts';
import { NOW } from '../../support/samples.ts';

/** The last schema without a ledger. */
const BEFORE = 11;

type Rows = Record<string, Record<string, SQLInputValue>[]>;

function tablesOf(file: DatabaseSync): string[] {
  const tables = file.prepare(
    "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
  );
  return tables.all().map(({ name }) => String(name));
}

function rowsOf(file: DatabaseSync): Rows {
  return Object.fromEntries(
    tablesOf(file).map(name => [
      name,
      file
        .prepare(`SELECT * FROM ${name}`)
        .all()
        .map(each => ({ ...each })),
    ]),
  );
}

/** A file of the schema without a ledger that has a row in every table. Returns all of its rows. */
function fileBefore(folder: string): Rows {
  earlierFile(folder, 4);
  const file = new DatabaseSync(databasePath(folder));
  migrate(file, BEFORE);
  file.exec('PRAGMA foreign_keys = ON');
  for (const table of tablesOf(file)) {
    if (table === 'marks' || file.prepare(`SELECT 1 FROM ${table}`).get()) continue;
    const columns = file.prepare('SELECT name, type FROM pragma_table_info(?)').all(table);
    const values = columns.map(({ name, type }) => {
      if (name === 'key_no' || name === 'series_no') return 1;
      return name === 'key_id' ? 'a' : type === 'TEXT' ? String(name) : 1;
    });
    const names = columns.map(({ name }) => String(name)).join(', ');
    file.prepare(`INSERT INTO ${table} (${names}) VALUES (${values.map(() => '?')})`).run(...values);
  }
  const rows = rowsOf(file);
  file.close();
  return rows;
}

describe('a database from before there was a ledger', () => {
  afterEach(removeTempFolders);

  it('gets one, and keeps every row of every table', () => {
    const folder = tempFolder();
    const before = fileBefore(folder);
    assert.ok(Object.keys(before).length > 20);
    for (const [table, rows] of Object.entries(before)) assert.ok(rows.length > 0, `${table} is empty`);
    const store = new SqliteStore(folder, NOW);
    assert.deepEqual([store.trouble, store.fresh], [undefined, false]);
    takeIn(store, answer(0, 100, [row(10, 1)]));
    assert.deepEqual(cells(store), [[0, 'm', 1, 1]]);
    store.close();
    const file = new DatabaseSync(databasePath(folder));
    const after = rowsOf(file);
    // Two columns have come since: a note, and a place in the order of one's own.
    const withNew = before.keys?.map(row => ({ ...row, note: null, place: null }));
    for (const [table, rows] of Object.entries({ ...before, keys: withNew }))
      assert.deepEqual(after[table], rows, table);
    assert.equal(file.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    file.close();
  });

  it('is still read by its version, which takes a newer file into memory by names of columns', () => {
    const folder = tempFolder();
    const before = fileBefore(folder);
    const store = new SqliteStore(folder, NOW);
    takeIn(store, answer(0, 100, [row(10, 1)]));
    store.close();
    const earlier = new DatabaseSync(':memory:');
    migrate(earlier, BEFORE);
    earlier.prepare('ATTACH DATABASE ? AS disk').run(databasePath(folder));
    for (const table of tablesOf(earlier)) {
      if (table === 'marks') continue;
      const columns = earlier.prepare('SELECT name FROM pragma_table_info(?)').all(table);
      const names = columns.map(({ name }) => String(name)).join(', ');
      earlier.exec(`INSERT INTO ${table} (${names}) SELECT ${names} FROM disk.${table}`);
    }
    assert.deepEqual(rowsOf(earlier), before);
    earlier.close();
  });

  it('of a disk that cannot be written is continued in memory with an empty ledger', () => {
    const folder = tempFolder();
    fileBefore(folder);
    const first = new SqliteStore(folder, NOW);
    takeIn(first, answer(0, 100, [row(10, 1)]));
    first.close();
    const file = new DatabaseSync(databasePath(folder));
    // As a newer version leaves it, which this one does not write into.
    file.exec('PRAGMA user_version = 1000');
    file.close();
    const store = new SqliteStore(folder, NOW);
    assert.equal(store.trouble?.kind, 'newer');
    assert.deepEqual([store.keys.allKeys().length, cells(store)], [3, []]);
    takeIn(store, answer(0, 100, [row(10, 2)]));
    assert.deepEqual(cells(store), [[0, 'm', 2, 1]]);
    store.close();
  });
});
