import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { areFiles } from './database.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { damaged, mayLackSharedMemory } from './sqliteErrors.ts';

/** How every database of SQLite begins. */
const MAGIC = 'SQLite format 3\0';
/** Where the file format keeps what it says of journals: 1 for the older one, 2 for a write-ahead log. */
const FORMATS_AT = [18, 19] as const;
/** Where it keeps `user_version`: four bytes, big-endian. */
const VERSION_AT = 60;
/** A version this far ahead of ours was never released, so the bytes are damaged. */
const MOST_VERSIONS_AHEAD = 1000;

/** What a database file says of itself. */
export interface FileHeader {
  /** The schema's; 0 where there is no database. */
  readonly version: number;
  /** Whether the file was set up without a write-ahead log. */
  readonly isRollback: boolean;
}

const NO_FILE: FileHeader = { version: 0, isRollback: false };

/**
 * What a database file says of itself, found without changing a byte of it, because a newer one is not ours to touch.
 * Its bytes are those of SQLite's file format, version 3 (https://www.sqlite.org/fileformat2.html, 1.3).
 * @throws an error that `isDamage` recognizes where SQLite cannot have written the content; another where it is no
 * regular file.
 */
export function readHeader(path: string): FileHeader {
  if (!areFiles(path, `${path}-journal`)) throw new Error('A pipe, a device or a folder is no database.');
  if (!existsSync(path)) return NO_FILE;
  const head = firstBytes(path);
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) return NO_FILE;
  const formats = FORMATS_AT.map(at => head[at]);
  if (formats.some(format => format !== 1 && format !== 2)) throw damaged();
  const written = head.readUInt32BE(VERSION_AT);
  const version = existsSync(`${path}-wal`) ? (versionWithLog(path) ?? written) : written;
  if (version < 0 || version > SCHEMA_VERSION + MOST_VERSIONS_AHEAD) throw damaged();
  return { version, isRollback: formats[0] === 1 && version > 0 };
}

/**
 * Opened for writing, SQLite would move the log into the file when it closes. Undefined where the file system has
 * nothing to read a log by.
 */
function versionWithLog(path: string): number | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  } catch (error) {
    if (mayLackSharedMemory(error)) return undefined;
    throw error;
  } finally {
    database?.close();
  }
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(VERSION_AT + 4);
    readSync(file, head);
    return head;
  } finally {
    closeSync(file);
  }
}
