import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, SCHEMA_VERSION, schemaVersion } from './migrations.ts';

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
  readonly trouble?: StoreTrouble;
}

const FILE = 'key-quota.db';
const BUSY_TIMEOUT_MS = 5000;

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
    if (schemaVersion(database) > SCHEMA_VERSION) {
      database.close();
      return inMemory({ kind: 'newer' });
    }
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    assertSound(database);
    return { database, shared: true };
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
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

function inMemory(trouble: StoreTrouble): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  configure(database);
  migrate(database);
  return { database, shared: false, trouble };
}

function configure(database: DatabaseSync): void {
  database.exec(
    `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL`,
  );
}

function assertSound(database: DatabaseSync): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw Object.assign(new Error('damaged'), { errcode: SQLITE_CORRUPT });
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
