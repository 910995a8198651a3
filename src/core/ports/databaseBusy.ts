const SQLITE_BUSY = 5;

/** Whether an error of SQLite says that someone else keeps the file locked for longer than one waits. */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
