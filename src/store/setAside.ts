import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How long windows that found the same damage wait for the one that renames the file. */
const WAIT_MS = 250;

/**
 * Renames a damaged database, log and all: it may still be repaired by hand, so it is never deleted. Windows do this
 * one after the other, and ask `isStillThere` when it is their turn, or a second one would set the new file aside.
 * Returns the new path; undefined when there was nothing left to do.
 * @param now epoch milliseconds, for the name.
 * @throws SQLite's error where another window holds the lock for longer than it takes to rename; that of the file
 * system where nothing may be renamed.
 */
export function setAside(path: string, now: number, isStillThere: () => boolean): string | undefined {
  // SQLite's own lock: it ends with the process that holds it.
  const lock = new DatabaseSync(`${path}.lock`);
  try {
    lock.exec(`PRAGMA busy_timeout = ${WAIT_MS}; BEGIN EXCLUSIVE`);
    if (!isStillThere()) return undefined;
    const movedTo = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
    renameSync(path, movedTo);
    moveLog(path, movedTo);
    return movedTo;
  } finally {
    lock.close();
  }
}

function moveLog(path: string, movedTo: string): void {
  rmSync(`${path}-shm`, { force: true, recursive: true });
  for (const log of ['wal', 'journal']) {
    try {
      renameSync(`${path}-${log}`, `${movedTo}-${log}`);
    } catch {
      // Most often there is none.
      rmSync(`${path}-${log}`, { force: true });
    }
  }
}
