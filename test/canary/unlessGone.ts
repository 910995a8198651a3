/** How the system says that a file or a folder is gone, or a process, whose files fail while they are read as well. */
const GONE = ['ENOENT', 'ESRCH'];

/** What a reading gives; undefined where that which is read has gone since it was listed. */
export function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (GONE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
