import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
/** Ten times what a run needs. */
const LEAST_FREE_BYTES = 2 ** 31;

let folder: string | undefined;

/**
 * Keeps the temporary files of a run in memory, where there is room for them: tests would otherwise wait mostly for the
 * disk, because SQLite syncs. A folder that is named by `TMPDIR` is used instead.
 */
export function keepFilesInMemory(): void {
  if (process.env.TMPDIR || !hasRoom()) return;
  folder = mkdtempSync(join(MEMORY, 'kq-'));
  // Some tests run as a user without privileges, who needs access to their own files.
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
