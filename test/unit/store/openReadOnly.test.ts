import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { migrate, NewerSchema, SCHEMA_VERSION } from '../../../src/store/migrations.ts';
import { openReadOnly } from '../../../src/store/openReadOnly.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { asOrdinaryUser } from '../support/ordinaryUser.ts';
import { storeFigures } from '../support/storedFigures.ts';

describe('a database that is read from outside VS Code', () => {
  let folder: string;
  let path: string;

  const labels = () => {
    const { store, close } = openReadOnly(path);
    try {
      return store.view(() => store.keys.allKeys().map(({ label }) => label));
    } finally {
      close();
    }
  };
  const copies = () => readdirSync(tmpdir()).filter(name => name.startsWith('key-quota-read-'));

  beforeEach(() => {
    folder = tempFolder();
    path = join(folder, 'key-quota.db');
  });
  afterEach(removeTempFolders);

  it('is read with what windows have written since, and refuses what would change it', () => {
    const store = storeFigures(folder, [{ id: 'a' }]);
    const { store: read, close } = openReadOnly(path);
    store.transaction(() => store.keys.renameKey('a', 'Renamed'));
    assert.equal(read.keys.findKey('a')?.label, 'Renamed');
    assert.throws(() => read.transaction(() => read.keys.renameKey('a', 'Mine')), /readonly/);
    assert.throws(() => read.keys.removeKey('a'), /readonly/);
    assert.equal(store.keys.findKey('a')?.label, 'Renamed');
    close();
    store.close();
  });

  it('lets a window write while it is read in one view', () => {
    const store = storeFigures(folder, [{ id: 'a' }]);
    const { store: read, close } = openReadOnly(path);
    read.view(() => {
      assert.equal(read.keys.findKey('a')?.label, 'a');
      store.transaction(() => store.keys.renameKey('a', 'Renamed'));
      assert.equal(read.keys.findKey('a')?.label, 'a');
    });
    close();
    store.close();
  });

  it('is read with its log in a folder that cannot be written, where nothing shares memory', () => {
    const store = storeFigures(folder, [{ id: 'a' }]);
    store.transaction(() => store.keys.renameKey('a', 'In the log'));
    const other = tempFolder();
    execFileSync('cp', [path, `${path}-wal`, other]);
    path = join(other, 'key-quota.db');
    for (const name of readdirSync(other)) chmodSync(join(other, name), 0o444);
    chmodSync(other, 0o555);
    const before = copies();
    assert.deepEqual(
      asOrdinaryUser(() => labels()),
      ['In the log'],
    );
    assert.deepEqual(
      [copies(), readdirSync(other).toSorted()],
      [before, ['key-quota.db', 'key-quota.db-wal']],
    );
    chmodSync(other, 0o755);
    store.close();
  });

  it('gets no file beside it where a window that crashed has left its log alone', () => {
    const store = storeFigures(folder, [{ id: 'a' }]);
    const other = tempFolder();
    execFileSync('cp', [path, `${path}-wal`, other]);
    store.close();
    path = join(other, 'key-quota.db');
    assert.deepEqual(labels(), ['a']);
    assert.deepEqual(readdirSync(other).toSorted(), ['key-quota.db', 'key-quota.db-wal']);
  });

  it('of an older version is read as ours, and stays as it is', () => {
    const database = new DatabaseSync(path);
    migrate(database, 4);
    database.exec(
      `INSERT INTO keys (id, label, kind, origin, credential, fingerprint, created_at)
       VALUES ('a', 'Old', 'newApi', 'https://gw.example', 'apiKey', 'x', 1)`,
    );
    database.close();
    const { store, close } = openReadOnly(path);
    assert.deepEqual(
      [store.keys.findKey('a')?.label, store.keys.findKey('a')?.pausedAt, store.sharedSettings.textOf('x')],
      ['Old', undefined, undefined],
    );
    close();
    const after = new DatabaseSync(path, { readOnly: true });
    assert.equal(after.prepare('PRAGMA user_version').get()?.user_version, 4);
    after.close();
  });

  it('of a newer version is refused', () => {
    storeFigures(folder, [{ id: 'a' }]).close();
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    assert.throws(labels, NewerSchema);
  });

  it('is not waited for where a pipe or a folder stands in its place', () => {
    mkdirSync(path);
    assert.throws(labels, /No file/);
    rmSync(path, { recursive: true });
    if (process.platform !== 'win32') execFileSync('mkfifo', [path]);
    assert.throws(labels, /No file/);
  });
});
