import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storedVersion } from './fileHeader.ts';
import { migrate, NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import { setAside } from './setAside.ts';
import { isBusy, isDamage, SQLITE_CORRUPT } from './sqliteErrors.ts';

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
  /** Which file it is, whatever is at its path by now; undefined in memory. */
  readonly file?: bigint;
  readonly trouble?: StoreTrouble;
}

/** Opens the database in a folder. Whatever is wrong there, a working one comes back. */
export type OpenDatabase = (folder: string, now: number) => OpenedDatabase;

/** Transactions are short; a writer that takes longer has been stopped, and is not waited for. */
const BUSY_TIMEOUT_MS = 1000;
/** To what the log shrinks again after much was written at once. */
const LOG_BYTES = 1024 * 1024;
/** Windows that VS Code restores together all want to be the one that sets the file up. */
const ATTEMPTS = 5;

export function databasePath(folder: string): string {
  return join(folder, 'key-quota.db');
}

/** Opens the database that all windows share. */
export const openDatabase: OpenDatabase = (folder, now) => {
  const path = databasePath(folder);
  // Looked up first: after a failure, another window may have put a new file in its place already.
  const file = fileAt(path);
  try {
    mkdirSync(folder, { recursive: true });
    return openPatiently(path);
  } catch (error) {
    if (error instanceof NewerSchema) return inMemory({ kind: 'newer' });
    if (isDamage(error)) return afterDamage(folder, file, now);
    return inMemory({ kind: 'unwritable' });
  }
};

/**
 * A new database in the place of the damaged one, which is set aside; or the one that another window, which
 * noticed first, has put there already. `damaged` is the file that was found to be bad.
 */
export function afterDamage(folder: string, damaged: bigint | undefined, now: number): OpenedDatabase {
  const path = databasePath(folder);
  try {
    const movedTo = setAside(path, now, () => damaged !== undefined && fileAt(path) === damaged);
    const opened = openPatiently(path);
    return movedTo === undefined ? opened : { ...opened, trouble: { kind: 'damaged', movedTo } };
  } catch {
    return inMemory({ kind: 'unwritable' });
  }
}

/** An empty database that nobody shares. */
export function inMemory(trouble: StoreTrouble): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  configure(database);
  migrate(database);
  return { database, shared: false, fresh: true, trouble };
}

/** Tells files apart that were at the same path one after the other; undefined where there is none. */
export function fileAt(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

function openPatiently(path: string): OpenedDatabase {
  for (let attempt = 1; ; attempt++) {
    try {
      return open(path);
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

function open(path: string): OpenedDatabase {
  if (storedVersion(path) > SCHEMA_VERSION) throw new NewerSchema();
  const database = new DatabaseSync(path);
  try {
    configure(database);
    // The log is moved into the file by `Checkpoints`.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = ${LOG_BYTES}`,
    );
    const fresh = migrate(database);
    assertSound(database);
    return { database, shared: true, fresh, file: fileAt(path) };
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

function configure(database: DatabaseSync): void {
  // NORMAL: what was committed outlives the process, and after a power cut the database is sound.
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
