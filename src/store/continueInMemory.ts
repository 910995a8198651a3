import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import { areFiles, databasePath, inMemory, type OpenedDatabase } from './database.ts';
import { rememberStart } from './memoryStart.ts';
import { migrate, SCHEMA_VERSION } from './migrations.ts';

/** The history and the ledger are not copied: they can be large, and windows need only the other tables of each other. */
const UNCOPIED_TABLE = /^(readings$|spend_)/;

/** A database in memory that begins with what can be read of the file. Never throws an error of the file. */
export function continueInMemory(folder: string, trouble: StoreTrouble): OpenedDatabase {
  const opened = copyInMemory(folder, trouble);
  rememberStart(opened.database);
  return opened;
}

function copyInMemory(folder: string, trouble: StoreTrouble): OpenedDatabase {
  return copyOfFile(databasePath(folder), trouble);
}

/** What can be read of a file, in memory and in our schema, without the history and the ledger. */
export function copyOfFile(path: string, trouble: StoreTrouble): OpenedDatabase {
  if (!existsSync(path) || !areFiles(path, `${path}-journal`, `${path}-wal`)) return inMemory(trouble);
  return inMemory(trouble, database => {
    const hasCarried = copyTables(database, withMode(path, 'mode=ro'));
    // In a folder that cannot be written, SQLite can make neither log nor shared memory to read by.
    if (!hasCarried && existsSync(`${path}-wal`)) carryCopy(database, path);
    else if (!hasCarried) copyTables(database, withMode(path, 'immutable=1'));
  });
}

function withMode(path: string, mode: string): string {
  return `${pathToFileURL(path).href}?${mode}`;
}

/**
 * Copies the file with its log to a folder where both can be read. Where even reading fails, the database starts empty.
 */
function carryCopy(database: DatabaseSync, path: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    copyTables(database, copy);
  } catch {
    // The records are rebuilt from the secrets.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns whether the file could be read at all: to attach it reads its schema. */
function copyTables(database: DatabaseSync, from: string): boolean {
  try {
    database.prepare('ATTACH DATABASE ? AS disk').run(from);
  } catch {
    return false;
  }
  // What an older version has written is carried into its schema, and brought up to date together with that.
  const version = versionOf(database);
  migrate(database, version > 0 ? Math.min(version, SCHEMA_VERSION) : SCHEMA_VERSION);
  for (const table of tablesOf(database)) carry(database, table);
  database.exec('DETACH DATABASE disk');
  return true;
}

function versionOf(database: DatabaseSync): number {
  try {
    return Number(database.prepare('PRAGMA disk.user_version').get()?.user_version ?? 0);
  } catch {
    return 0;
  }
}

/** In the order in which they were created, so that tables that others refer to come first. */
function tablesOf(database: DatabaseSync): string[] {
  const tables = database
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all();
  return tables.map(({ name }) => String(name)).filter(name => !UNCOPIED_TABLE.test(name));
}

/** By the names of our columns: a newer version may have more of them, or lack some. */
function carry(database: DatabaseSync, table: string): void {
  const columns = database.prepare(`SELECT name FROM pragma_table_info(?)`).all(table);
  const names = columns.map(({ name }) => String(name)).join(', ');
  try {
    database.exec(`INSERT INTO ${table} (${names}) SELECT ${names} FROM disk.${table}`);
  } catch {
    // A table that cannot be read is skipped; the others are still copied.
  }
}
