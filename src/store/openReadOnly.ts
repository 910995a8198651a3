import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Store } from '../core/ports/store.ts';
import { copyOfFile } from './continueInMemory.ts';
import { areFiles, type OpenedDatabase } from './database.ts';
import { NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import { damaged } from './sqliteErrors.ts';
import { SqliteStore } from './store.ts';

/** A store over a database that was opened to be read. Whatever is written to it throws. */
export interface ReadOnlyStore {
  readonly store: Store;
  close(): void;
}

/**
 * Opens the extension's database while windows of VS Code write to it. Nothing is written to it or beside it, and no
 * window waits for it: it is read as SQLite shares it between the windows, or in a copy where SQLite would have to make
 * files for that, as in a folder that cannot be written. Where an older version has written it, history and ledger are
 * left out.
 *
 * @throws NewerSchema where a newer version has written it; an error of SQLite or of the file system.
 */
export function openReadOnly(path: string): ReadOnlyStore {
  if (!existsSync(path) || !areFiles(path, `${path}-wal`, `${path}-journal`)) throw new Error('No file');
  const database = new DatabaseSync(':memory:');
  const discardCopy = attach(database, path);
  const store = new SqliteStore('', Date.now(), undefined, () => currentSchema(database, path));
  return {
    store,
    close() {
      store.close();
      discardCopy();
    },
  };
}

/**
 * Attaches the file as `disk`, whose tables statements find by their bare names. Returns a function that removes the
 * copy, if one was made.
 */
function attach(database: DatabaseSync, path: string): () => void {
  const canShare = existsSync(`${path}-wal`) && existsSync(`${path}-shm`);
  const isAlone = !existsSync(`${path}-wal`) && !existsSync(`${path}-journal`);
  try {
    // While no window is open nothing changes the file, so SQLite may treat it as immutable.
    if (canShare || isAlone) return attachFile(database, path, isAlone ? 'immutable=1' : 'mode=ro');
  } catch {
    // This process cannot use its shared memory.
  }
  return attachCopy(database, path);
}

function attachFile(database: DatabaseSync, path: string, mode: string): () => void {
  database.prepare('ATTACH DATABASE ? AS disk').run(`${pathToFileURL(path).href}?${mode}`);
  return () => undefined;
}

/** Reads a copy of the file and its log, which only this user can read. */
function attachCopy(database: DatabaseSync, path: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-read-'));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    chmodSync(folder, 0o700);
    const copy = join(folder, 'copy.db');
    for (const ending of ['', '-wal', '-journal'])
      if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending);
    attachFile(database, copy, 'mode=rw');
    return discard;
  } catch (error) {
    discard();
    throw error;
  }
}

/** @throws NewerSchema. */
function currentSchema(database: DatabaseSync, path: string): OpenedDatabase {
  const version = Number(database.prepare('PRAGMA disk.user_version').get()?.user_version ?? 0);
  if (version > SCHEMA_VERSION) throw new NewerSchema();
  if (version === 0) throw damaged();
  if (version === SCHEMA_VERSION) return { database, shared: false, fresh: false };
  database.close();
  return copyOfFile(path, { kind: 'unwritable' });
}
