const SQLITE_ERROR = 1;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_PROTOCOL = 15;
const SQLITE_FORMAT = 24;
const SQLITE_NOTADB = 26;
/** IOERR_SHORT_READ, IOERR_DATA, IOERR_CORRUPTFS: a file that is too short, a wrong checksum, a damaged file system. */
const DAMAGED_IO: ReadonlySet<number> = new Set([522, 8202, 8458]);
/** PERM, READONLY, IOERR, FULL, CANTOPEN, NOLFS, AUTH. */
const UNWRITABLE: ReadonlySet<number> = new Set([
  3,
  SQLITE_READONLY,
  SQLITE_IOERR,
  13,
  SQLITE_CANTOPEN,
  22,
  23,
]);
/** Messages of SQLite about our own statements; they only occur where the file's schema is not ours. */
const OTHER_SCHEMA = /no such (table|column|index)|already exists|unsupported file format|malformed/;

/** The extended result code of an error from SQLite; undefined for any other error. */
function extendedCodeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
}

/** The primary result code. */
function codeOf(error: unknown): number | undefined {
  const code = extendedCodeOf(error);
  return code === undefined ? undefined : code & 0xff;
}

/** The error for a file with content that SQLite cannot have written. */
export function damaged(): Error {
  return Object.assign(new Error('damaged'), { errcode: SQLITE_CORRUPT });
}

/** Whether an error comes from SQLite. */
export function isOfSqlite(error: unknown): boolean {
  return codeOf(error) !== undefined;
}

/** Whether an error shows that the file is damaged, or has a schema that is not ours. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB || code === SQLITE_FORMAT) return true;
  if (DAMAGED_IO.has(extendedCodeOf(error) ?? 0)) return true;
  if (isBeyondNumbers(error)) return true;
  return code === SQLITE_ERROR && OTHER_SCHEMA.test(String(error));
}

/** Node's own error for an integer beyond JavaScript's numbers; we never store one that large. */
function isBeyondNumbers(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';
}

/** Whether the disk is full, may not be written, or fails. */
export function isUnwritable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && UNWRITABLE.has(code);
}

/** Whether it may be that the file system has no memory that processes share, which a write-ahead log needs. */
export function mayLackSharedMemory(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === SQLITE_IOERR || code === SQLITE_CANTOPEN || code === SQLITE_PROTOCOL || code === SQLITE_READONLY
  );
}
