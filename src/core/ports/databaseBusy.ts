const SQLITE_BUSY = 5;

/**
 * Whether an error is SQLite's `SQLITE_BUSY`: another program keeps the file locked for longer than the
 * timeout.
 */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
