import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'mocha';
import { readForeignRows } from '../../../src/store/readForeignRows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

const COLUMNS = ['app_type', 'name'] as const;

/** A database as another program has it open: one row is in its log alone. */
function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('CREATE TABLE providers (id TEXT, app_type TEXT, name TEXT, created_at INTEGER)');
  database.exec("INSERT INTO providers VALUES ('1', 'claude', 'One', 1)");
  return database;
}

/** Copies of databases that were left behind. */
function copies(): readonly string[] {
  return readdirSync(tmpdir()).filter(name => {
    if (!name.startsWith('key-quota-copy-')) return false;
    try {
      return readdirSync(join(tmpdir(), name)).includes('copy.db');
    } catch {
      return false;
    }
  });
}

describe('rows of another program’s database', () => {
  after(removeTempFolders);

  it('are read while that program has it open, and nothing is written beside it', () => {
    const folder = tempFolder();
    const path = join(folder, 'theirs.db');
    const database = openDatabase(path);
    const before = readdirSync(folder).toSorted();
    const bytes = readFileSync(path);
    assert.deepEqual(
      readForeignRows(path, 'providers', COLUMNS).map(row => ({ ...row })),
      [{ app_type: 'claude', name: 'One' }],
    );
    assert.deepEqual(readdirSync(folder).toSorted(), before);
    assert.deepEqual(readFileSync(path), bytes);
    assert.deepEqual(copies(), []);
    database.close();
  });

  it('are an error where the file is no database, and no copy stays', () => {
    const path = join(tempFolder(), 'theirs.db');
    writeFileSync(path, 'not a database, but long enough to be looked at as one'.repeat(100));
    assert.throws(() => readForeignRows(path, 'providers', COLUMNS));
    assert.deepEqual(copies(), []);
  });

  it('are an error where a query stands in the place of the table', () => {
    const path = join(tempFolder(), 'theirs.db');
    const database = new DatabaseSync(path);
    database.exec("CREATE VIEW providers AS SELECT 'claude' AS app_type, 'One' AS name");
    database.close();
    assert.throws(() => readForeignRows(path, 'providers', COLUMNS), /No such table/);
  });

  it('are an error where the table is another', () => {
    const path = join(tempFolder(), 'theirs.db');
    new DatabaseSync(path).exec('CREATE TABLE providers (other TEXT)');
    // SQLite takes a quoted name without a column for a text.
    assert.throws(() => readForeignRows(path, 'things', ['other']));
  });
});
