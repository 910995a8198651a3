import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { carryBack } from '../../../src/store/carryBack.ts';
import { continueInMemory } from '../../../src/store/continueInMemory.ts';
import { databasePath, inMemory } from '../../../src/store/database.ts';
import { readHeader } from '../../../src/store/fileHeader.ts';
import { mayBeWritable } from '../../../src/store/mayBeWritable.ts';
import { SCHEMA_VERSION } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { fillDatabase } from '../support/fullDatabase.ts';
import { asOrdinaryUser } from '../support/ordinaryUser.ts';
import { NOW } from '../support/samples.ts';

/** A folder with a database in it, and what is changed about its file. */
function folderWith(change: (path: string) => void): string {
  const folder = tempFolder();
  fillDatabase(folder, ['Team'], NOW);
  change(databasePath(folder));
  return folder;
}

/** What opening a folder finds to be wrong. */
function troubleOf(folder: string): string | undefined {
  const { database, trouble } = openDatabase(folder, NOW);
  database.close();
  return trouble?.kind;
}

const withBytes = (change: (bytes: Buffer) => void) => (path: string) => {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
};
const withVersion = (version: number) => withBytes(bytes => bytes.writeInt32BE(version, 60));

describe('what a database file says of itself', () => {
  afterEach(removeTempFolders);

  for (const at of [18, 19]) {
    for (const format of [0, 3]) {
      it(`a format of ${format} in byte ${at} is damage: there are 1 and 2`, () => {
        assert.equal(troubleOf(folderWith(withBytes(bytes => bytes.writeUInt8(format, at)))), 'damaged');
      });
    }
  }

  it('a version up to a thousand ahead is a newer one, and one beyond that is damage', () => {
    assert.equal(troubleOf(folderWith(withVersion(SCHEMA_VERSION + 1))), 'newer');
    assert.equal(troubleOf(folderWith(withVersion(SCHEMA_VERSION + 1000))), 'newer');
    assert.equal(troubleOf(folderWith(withVersion(SCHEMA_VERSION + 1001))), 'damaged');
    assert.equal(troubleOf(folderWith(withVersion(-1))), 'damaged');
  });

  it('a newer version that stands in the log alone counts, and neither file is changed', () => {
    const folder = folderWith(() => undefined);
    const path = databasePath(folder);
    const newer = new DatabaseSync(path);
    newer.exec(`PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    const copy = tempFolder();
    for (const name of ['key-quota.db', 'key-quota.db-wal'])
      copyFileSync(join(folder, name), join(copy, name));
    newer.close();
    const bytes = ['key-quota.db', 'key-quota.db-wal'].map(name => readFileSync(join(copy, name)));
    assert.equal(troubleOf(copy), 'newer');
    assert.deepEqual(
      ['key-quota.db', 'key-quota.db-wal'].map(name => readFileSync(join(copy, name))),
      bytes,
    );
  });

  it('a version below nothing that stands in the log is damage', () => {
    const folder = folderWith(() => undefined);
    const writer = new DatabaseSync(databasePath(folder));
    writer.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = -1');
    assert.throws(() => readHeader(databasePath(folder)), /damaged/);
    writer.close();
  });

  it('a version without a single table is damage', () => {
    const folder = tempFolder();
    const database = new DatabaseSync(databasePath(folder));
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    database.close();
    assert.equal(troubleOf(folder), 'damaged');
  });
});

describe('a table that every start needs', () => {
  afterEach(removeTempFolders);

  for (const table of [
    'keys',
    'states',
    'claims',
    'holds',
    'sites',
    'fired',
    'snoozes',
    'key_rules',
    'aliases',
    'copied_secrets',
    'ignored_secrets',
    'silences',
    'chores',
    'series',
    'meters',
  ]) {
    it(`${table}, overwritten, is found at the start`, () => {
      const folder = folderWith(path => {
        const database = new DatabaseSync(path);
        const { page } =
          database.prepare('SELECT rootpage AS page FROM sqlite_schema WHERE name = ?').get(table) ?? {};
        const { page_size: size } = database.prepare('PRAGMA page_size').get() ?? {};
        database.close();
        const start = (Number(page) - 1) * Number(size);
        withBytes(bytes => bytes.fill(0xff, start, start + Number(size)))(path);
      });
      assert.equal(troubleOf(folder), 'damaged');
    });
  }
});

const rows = (database: DatabaseSync, table: string) =>
  database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count;

describe('what is carried back from memory', () => {
  afterEach(removeTempFolders);

  function memoryAndFile() {
    const { database: memory } = inMemory({ kind: 'unwritable' });
    memory.exec("INSERT INTO requests VALUES ('https://gw.example', 'scarce', 1, 0)");
    memory.exec("INSERT INTO silences VALUES ('pause', 1, 2)");
    const folder = tempFolder();
    const { database: file } = openDatabase(folder, NOW);
    return { memory, file, folder };
  }

  it('is there whole, or not at all where the file does not take one of it', () => {
    const { memory, file } = memoryAndFile();
    file.exec("CREATE TRIGGER full BEFORE INSERT ON silences BEGIN SELECT raise(ABORT, 'full'); END");
    assert.equal(carryBack(memory, file, false), false);
    assert.deepEqual([file.isTransaction, rows(file, 'requests'), rows(file, 'silences')], [false, 0, 0]);
    file.exec('DROP TRIGGER full');
    assert.equal(carryBack(memory, file, false), true);
    assert.deepEqual([file.isTransaction, rows(file, 'requests'), rows(file, 'silences')], [false, 1, 1]);
    file.close();
  });

  it('is written even where it is nothing, since only a write tells whether the file takes any', () => {
    const { file, folder } = memoryAndFile();
    const { database: nothing } = inMemory({ kind: 'unwritable' });
    const other = new DatabaseSync(databasePath(folder));
    const version = () => other.prepare('PRAGMA data_version').get()?.data_version;
    const before = version();
    assert.equal(carryBack(nothing, file, false), true);
    assert.notEqual(version(), before);
    other.close();
    file.close();
  });

  it('may be tried where the folder is, and where it was removed, since it is rebuilt', () => {
    const folder = tempFolder();
    assert.equal(mayBeWritable(folder), true);
    assert.equal(mayBeWritable(join(folder, 'removed')), true);
  });
});

describe('going on in memory', () => {
  afterEach(removeTempFolders);
  const labels = ({ database }: { database: DatabaseSync }) =>
    database
      .prepare('SELECT label FROM keys ORDER BY label')
      .all()
      .map(({ label }) => label);

  /** A folder that may not be written, as another user finds it; with a log that was not moved yet, or without. */
  function forbidden(hasLog: boolean): string {
    const folder = folderWith(() => undefined);
    const copy = join(mkdtempSync(join(tempFolder(), 'in-')), 'global');
    mkdirSync(copy);
    const store = new SqliteStore(folder, NOW);
    if (hasLog) {
      const { id, label, ...others } = store.keys.allKeys()[0] ?? assert.fail('there is no key');
      store.transaction(() => store.keys.addKey({ ...others, id: 'late', label: `${label} late` }));
      assert.equal(id, 'Team');
    }
    for (const name of ['key-quota.db', ...(hasLog ? ['key-quota.db-wal'] : [])]) {
      copyFileSync(join(folder, name), join(copy, name));
      chmodSync(join(copy, name), 0o444);
    }
    store.close();
    for (let each = copy; each.startsWith(`${tmpdir()}/`); each = join(each, '..')) chmodSync(each, 0o755);
    chmodSync(copy, 0o555);
    return copy;
  }
  const copies = () => readdirSync(tmpdir()).filter(name => existsSync(join(tmpdir(), name, 'copy.db')));

  for (const [hasLog, expected] of [
    [true, ['Team', 'Team late']],
    [false, ['Team']],
  ] as const) {
    it(`takes along what is in the file${hasLog ? ' and in its log' : ''}, and holds on to neither`, () => {
      const folder = forbidden(hasLog);
      const before = copies();
      const opened = asOrdinaryUser(() => continueInMemory(folder, { kind: 'unwritable' }));
      assert.deepEqual(labels(opened), expected);
      const names = opened.database
        .prepare('PRAGMA database_list')
        .all()
        .map(({ name }) => name);
      assert.ok(!names.includes('disk'), names.join());
      assert.deepEqual(copies(), before);
      assert.deepEqual([opened.shared, opened.trouble], [false, { kind: 'unwritable' }]);
      opened.database.close();
      chmodSync(folder, 0o755);
    });
  }

  it('leaves the history behind on the disk, and takes what every other table holds', () => {
    const folder = folderWith(() => undefined);
    const { database } = continueInMemory(folder, { kind: 'unwritable' });
    const file = new DatabaseSync(databasePath(folder), { readOnly: true });
    const tables = file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    for (const table of tables.map(({ name }) => String(name)))
      assert.equal(rows(database, table), table === 'readings' ? 0 : rows(file, table), table);
    assert.equal(rows(file, 'readings'), 300);
    file.close();
    database.close();
  });

  it('begins empty where there is no file, or none that is ordinary', () => {
    const folder = tempFolder();
    assert.deepEqual(labels(continueInMemory(folder, { kind: 'unwritable' })), []);
    mkdirSync(databasePath(folder));
    assert.deepEqual(labels(continueInMemory(folder, { kind: 'unwritable' })), []);
  });
});
