import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
/** A run needs a tenth of it. */
const LEAST_FREE_BYTES = 2 ** 31;

let folder: string | undefined;

/**
 * Has the temporary files of a run in memory, where there is room for them: most of what a test waits for otherwise is
 * a disk that SQLite has asked to be sure. Who has named a folder gets that one.
 */
export function keepFilesInMemory(): void {
  if (process.env.TMPDIR || !hasRoom()) return;
  folder = mkdtempSync(join(MEMORY, 'kq-'));
  // Some tests work as a user without privileges, who has to get through to what is theirs.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
}

/** Removes what is left there, such as the sockets of a VS Code that was ended. */
export function clearMemory(): void {
  if (folder === undefined) return;
  delete process.env.TMPDIR;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= LEAST_FREE_BYTES;
  } catch {
    return false;
  }
}
