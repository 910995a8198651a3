import { statfsSync } from 'node:fs';

/** Where Linux keeps files in memory. */
const FOLDER = '/dev/shm';
/** A run needs a tenth of it. */
const LEAST_FREE_BYTES = 2 ** 31;

/**
 * Has the temporary files of a run in memory, where there is room for them: most of what a test waits for otherwise is
 * a disk that SQLite has asked to be sure. Who has named a folder gets that one.
 */
export function keepFilesInMemory(): void {
  if (hasRoom()) process.env.TMPDIR ??= FOLDER;
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(FOLDER);
    return bavail * bsize >= LEAST_FREE_BYTES;
  } catch {
    return false;
  }
}
