import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import type { StoreTrouble } from '../../../src/core/ports/storeTrouble.ts';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import { STEPS } from '../../../src/store/migrationSteps.ts';
import { migrate, SCHEMA_VERSION, schemaVersion } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { storeTroubleText } from '../../../src/vscode/notifications/storeTrouble.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { asOrdinaryUser } from '../support/ordinaryUser.ts';
import { keyRecord, NOW } from '../support/samples.ts';

const FILE = 'key-quota.db';
const MOVED = `${FILE}.damaged-2026-06-15T12-00-00-000Z`;

const KEY: KeyRecord = keyRecord('id-1', { label: 'Team', fingerprint: '0123456789abcdef' });

/** What a store makes of a folder: its trouble, and whether it can be used all the same. */
function opened(folder: string): { trouble: StoreTrouble | undefined; shared: boolean; labels: string[] } {
  const told: StoreTrouble[] = [];
  const store = new SqliteStore(folder, NOW, trouble => told.push(trouble));
  try {
    const before = store.keys.allKeys().map(key => key.label);
    const createdAt = NOW + before.length + 1;
    store.transaction(() =>
      store.keys.addKey({ ...KEY, id: `id-${createdAt}`, label: 'Another', createdAt }),
    );
    assert.deepEqual(
      store.keys.allKeys().map(key => key.label),
      [...before, 'Another'],
    );
    assert.deepEqual(told, store.trouble ? [store.trouble] : []);
    return { trouble: store.trouble, shared: store.shared, labels: before };
  } finally {
    store.close();
  }
}

function filled(folder: string): void {
  const store = new SqliteStore(folder, NOW);
  store.transaction(() => store.keys.addKey(KEY));
  store.close();
}

describe('migrations', () => {
  it('bring an empty database to the newest version, once', () => {
    const database = new DatabaseSync(':memory:');
    assert.equal(schemaVersion(database), 0);
    migrate(database);
    assert.equal(schemaVersion(database), SCHEMA_VERSION);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const names = tables.map(table => String(table.name));
    for (const name of ['keys', 'states', 'claims', 'requests', 'holds', 'sites'])
      assert.ok(names.includes(name), name);
    migrate(database);
    assert.equal(schemaVersion(database), SCHEMA_VERSION);
    database.close();
  });

  it('are as many as the version says', () => {
    assert.equal(STEPS.length, SCHEMA_VERSION);
  });

  it('leave nothing behind when they fail half-way', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE states (in_the_way TEXT)');
    assert.throws(() => migrate(database), /already exists/);
    assert.equal(schemaVersion(database), 0);
    assert.equal(database.isTransaction, false);
    assert.throws(() => database.prepare('SELECT * FROM keys'), /no such table/);
    database.close();
  });
});

describe('the database of all windows', () => {
  afterEach(removeTempFolders);

  it('is made where there is none, its folder too', () => {
    const folder = join(tempFolder(), 'globalStorage', 'key-quota');
    assert.deepEqual(opened(folder), { trouble: undefined, shared: true, labels: [] });
  });

  it('is found again', () => {
    const folder = tempFolder();
    filled(folder);
    assert.deepEqual(opened(folder), { trouble: undefined, shared: true, labels: ['Team'] });
  });

  it('an empty file is a new database', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, FILE), '');
    assert.deepEqual(opened(folder), { trouble: undefined, shared: true, labels: [] });
  });

  it("a newer version's is left as it is, byte for byte, and what can be read of it is used", () => {
    const folder = tempFolder();
    filled(folder);
    const newer = new DatabaseSync(join(folder, FILE));
    // One that keeps no log beside it: to open it as we do ours would already change it.
    newer.exec(
      `PRAGMA journal_mode = DELETE; CREATE TABLE tomorrow (x TEXT) STRICT; PRAGMA user_version = ${SCHEMA_VERSION + 1}`,
    );
    newer.close();
    const bytes = readFileSync(join(folder, FILE));
    assert.deepEqual(opened(folder), { trouble: { kind: 'newer' }, shared: false, labels: ['Team'] });
    assert.deepEqual(readFileSync(join(folder, FILE)), bytes);
    assert.deepEqual(readdirSync(folder), [FILE]);
    assert.match(storeTroubleText({ kind: 'newer' }), /Reload this window/);
  });
});

describe('a damaged database', () => {
  afterEach(removeTempFolders);

  const DAMAGE: Readonly<Record<string, (path: string) => void>> = {
    'a file that is none': path => writeFileSync(path, 'x'.repeat(8192)),
    'a file cut off in its first page': path => truncateSync(path, 1000),
    'a file whose pages were overwritten': path => {
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0xff, 100));
    },
    'a file whose figures alone were overwritten': path => {
      const database = new DatabaseSync(path);
      const { page } =
        database.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'keys'").get() ?? {};
      const { page_size: size } = database.prepare('PRAGMA page_size').get() ?? {};
      database.close();
      const start = (Number(page) - 1) * Number(size);
      writeFileSync(path, readFileSync(path).fill(0xff, start, start + Number(size)));
    },
  };
  for (const [what, damage] of Object.entries(DAMAGE)) {
    it(`${what} is set aside, and a new one started`, () => {
      const folder = tempFolder();
      filled(folder);
      damage(join(folder, FILE));
      const bytes = readFileSync(join(folder, FILE));
      const trouble: StoreTrouble = { kind: 'damaged', movedTo: join(folder, MOVED) };
      assert.deepEqual(opened(folder), { trouble, shared: true, labels: [] });
      assert.deepEqual(readFileSync(join(folder, MOVED)), bytes);
      assert.deepEqual(opened(folder), { trouble: undefined, shared: true, labels: ['Another'] });
      assert.ok(storeTroubleText(trouble).includes(join(folder, MOVED)));
    });
  }
});

describe('a database that lacks a table', () => {
  afterEach(removeTempFolders);

  const names = () => {
    const folder = tempFolder();
    filled(folder);
    const database = new DatabaseSync(join(folder, FILE));
    const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    database.close();
    return rows.map(({ name }) => String(name)).filter(name => !name.startsWith('sqlite_'));
  };

  it('is set aside, whichever it is, at the start or when it is needed', () => {
    const tables = names();
    assert.ok(tables.length >= 12, String(tables));
    for (const table of tables) {
      const folder = tempFolder();
      filled(folder);
      const database = new DatabaseSync(join(folder, FILE));
      database.exec(`PRAGMA foreign_keys = OFF; DROP TABLE ${table}`);
      database.close();
      const troubles: StoreTrouble[] = [];
      const store = new SqliteStore(folder, NOW, trouble => troubles.push(trouble));
      store.requests.holdLimiter('https://gw.example', 'scarce', NOW, NOW + 1);
      store.history.spendByDay('2026-06-01', '2026-06-02');
      store.close();
      assert.ok(
        troubles.length <= 1 && troubles.every(({ kind }) => kind === 'damaged'),
        `${table}: ${JSON.stringify(troubles)}`,
      );
    }
  });
});

describe('a place that cannot be written', () => {
  afterEach(removeTempFolders);
  const unwritable = { trouble: { kind: 'unwritable' }, shared: false };

  it('a file where the folder should be', () => {
    const folder = join(tempFolder(), 'taken');
    writeFileSync(folder, 'mine');
    assert.deepEqual(opened(folder), { ...unwritable, labels: [] });
    assert.equal(readFileSync(folder, 'utf8'), 'mine');
  });

  it('a folder where the file should be', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, FILE));
    assert.deepEqual(opened(folder), { ...unwritable, labels: [] });
    assert.match(
      storeTroubleText({ kind: 'unwritable' }),
      /saves neither new figures nor changes.*save again automatically/,
    );
  });

  it('a file that may only be read: its records are used, and what is new stays in memory', () => {
    const folder = tempFolder();
    filled(folder);
    const path = join(folder, FILE);
    const bytes = readFileSync(path);
    chmodSync(folder, 0o777);
    chmodSync(path, 0o444);
    const store = asOrdinaryUser(() => new SqliteStore(folder, NOW));
    asOrdinaryUser(() =>
      store.transaction(() => store.keys.addKey({ ...KEY, id: 'id-2', label: 'New', createdAt: NOW + 1 })),
    );
    assert.deepEqual(store.trouble, { kind: 'unwritable' });
    assert.deepEqual(
      store.keys.allKeys().map(key => key.label),
      ['Team', 'New'],
    );
    store.close();
    chmodSync(path, 0o644);
    assert.deepEqual(readFileSync(path), bytes);
    assert.ok(!existsSync(join(folder, MOVED)));
  });
});
