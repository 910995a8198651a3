import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How every database of SQLite begins. */
const MAGIC = 'SQLite format 3\0';
/** Where the file format keeps `user_version`: four bytes, big-endian. */
const VERSION_AT = 60;

/**
 * The schema version of a database file, found without changing a byte of it, because a newer one is not
 * ours to touch; 0 where there is no database.
 */
export function storedVersion(path: string): number {
  if (!existsSync(path)) return 0;
  return existsSync(`${path}-wal`) ? versionWithLog(path) : versionInHeader(path);
}

/** Opened for writing, SQLite would move the log into the file when it closes. */
function versionWithLog(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  } finally {
    database.close();
  }
}

function versionInHeader(path: string): number {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(VERSION_AT + 4);
    readSync(file, head);
    return head.toString('latin1', 0, MAGIC.length) === MAGIC ? head.readUInt32BE(VERSION_AT) : 0;
  } finally {
    closeSync(file);
  }
}
