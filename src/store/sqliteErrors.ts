const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** PERM, READONLY, IOERR, FULL, CANTOPEN, NOLFS, AUTH. */
const UNWRITABLE: ReadonlySet<number> = new Set([3, 8, 10, 13, 14, 22, 23]);

/** The primary result code of an error from SQLite; undefined for any other error. */
function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/** Whether someone else has been writing for longer than one waits. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === SQLITE_BUSY;
}

export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** Whether the disk is full, may not be written, or fails. */
export function isUnwritable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && UNWRITABLE.has(code);
}
