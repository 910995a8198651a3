import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import { migrate } from './migrations.ts';

/** A database that is ready to use. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Whether windows share it; false while it lives in memory alone. */
  readonly shared: boolean;
  /** Whether it began empty, so that records have to be rebuilt from the secrets. */
  readonly fresh: boolean;
  /** Whether it has a write-ahead log; else SQLite's rollback journal, where the file system cannot share memory. */
  readonly hasLog?: boolean;
  /** Which file it is, whatever is at its path by now; undefined in memory. */
  readonly file?: bigint;
  readonly trouble?: StoreTrouble;
}

/** Opens the database in a folder. Whatever is wrong there, a working one comes back. */
export type OpenDatabase = (folder: string, now: number) => OpenedDatabase;

/**
 * Transactions take milliseconds. SQLite waits for a lock by blocking the whole extension host, so it waits shortly;
 * what needs a longer wait is tried again later (`Store.retryWhileLocked`).
 */
const BUSY_TIMEOUT_MS = 150;

/** The path of the database in a folder. */
export function databasePath(folder: string): string {
  return join(folder, 'key-quota.db');
}

/** Tells files apart that were at the same path one after the other; undefined where there is none. */
export function fileAt(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

/** Whether these paths are regular files: to open anything else for reading, such as a pipe, can take for ever. */
export function areFiles(...paths: readonly string[]): boolean {
  return paths.every(path => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true);
}

/**
 * Sets what holds for every connection: how long it waits for a lock, in milliseconds, foreign keys, and when it
 * syncs.
 */
export function configure(database: DatabaseSync, busyTimeoutMs = BUSY_TIMEOUT_MS): void {
  // NORMAL: what was committed outlives the process, and after a power cut the database is sound.
  database.exec(
    `PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL`,
  );
}

/**
 * A database that nobody shares: empty, or with what `fill` put into it, in the schema of any version. Never throws
 * because of that content.
 */
export function inMemory(trouble: StoreTrouble, fill?: (database: DatabaseSync) => void): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  configure(database);
  try {
    fill?.(database);
    migrate(database);
  } catch (error) {
    database.close();
    if (!fill) throw error;
    return inMemory(trouble);
  }
  return { database, shared: false, fresh: true, trouble };
}
