import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, SCHEMA_VERSION, schemaVersion } from './migrations.ts';
import { isDamage, SQLITE_CORRUPT } from './sqliteErrors.ts';

/** Why the database in use is not the shared file as it was left. */
export type StoreTrouble =
  /** The file was damaged, set aside under `movedTo`, and a new one started. */
  | { readonly kind: 'damaged'; readonly movedTo: string }
  /** A newer version of the extension wrote it; it is left unchanged. */
  | { readonly kind: 'newer' }
  /** The folder or disk refuses to be written. */
  | { readonly kind: 'unwritable' };

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Whether windows share it; false while it lives in memory alone. */
  readonly shared: boolean;
  /** Whether it began empty, so that records have to be rebuilt from the secrets. */
  readonly fresh: boolean;
  readonly trouble?: StoreTrouble;
}

const FILE = 'key-quota.db';
/** Transactions are short; a writer that takes longer has been stopped, and is not waited for. */
const BUSY_TIMEOUT_MS = 2000;

/** Opens the database of all windows in `folder`; whatever is wrong there, a working one comes back. */
export function openDatabase(folder: string, now: number): OpenedDatabase {
  const path = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true });
    return openShared(path);
  } catch (error) {
    if (isDamage(error)) return afterDamage(path, now);
    return inMemory({ kind: 'unwritable' });
  }
}

function openShared(path: string): OpenedDatabase {
  const database = new DatabaseSync(path);
  try {
    configure(database);
    const version = schemaVersion(database);
    if (version > SCHEMA_VERSION) {
      database.close();
      return inMemory({ kind: 'newer' });
    }
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    assertSound(database);
    return { database, shared: true, fresh: version === 0 };
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

/** The same for damage that shows only later. */
export function reopenAfterDamage(folder: string, now: number): OpenedDatabase {
  return afterDamage(join(folder, FILE), now);
}

/** A damaged file is evidence and may still be mended by hand, so it is renamed and never deleted. */
function afterDamage(path: string, now: number): OpenedDatabase {
  const movedTo = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  try {
    renameSync(path, movedTo);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    return { ...openShared(path), trouble: { kind: 'damaged', movedTo } };
  } catch {
    return inMemory({ kind: 'unwritable' });
  }
}

/** What windows need of each other; the history stays behind on the disk. */
const CARRIED = ['keys', 'states', 'requests', 'holds', 'sites', 'marks', 'units', 'meters', 'days'];

/** A database in memory that goes on from what can still be read of the one in use. */
export function continueInMemory(folder: string): OpenedDatabase {
  const opened = inMemory({ kind: 'unwritable' });
  const { database } = opened;
  try {
    database.prepare('ATTACH DATABASE ? AS disk').run(join(folder, FILE));
    for (const table of CARRIED) database.exec(`INSERT INTO ${table} SELECT * FROM disk.${table}`);
    database.exec('DETACH DATABASE disk');
  } catch {
    // A disk that cannot even be read leaves an empty start; the secrets rebuild the records.
  }
  return opened;
}

function inMemory(trouble: StoreTrouble): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  configure(database);
  migrate(database);
  return { database, shared: false, fresh: true, trouble };
}

function configure(database: DatabaseSync): void {
  database.exec(
    `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL`,
  );
}

/** Reads what every start needs, outside any transaction; damage elsewhere shows in one, and is met there. */
function assertSound(database: DatabaseSync): void {
  const verdict = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
  if (!verdict) throw Object.assign(new Error('damaged'), { errcode: SQLITE_CORRUPT });
  for (const table of ['keys', 'states']) database.prepare(`SELECT * FROM ${table}`).all();
}
