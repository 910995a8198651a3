import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDatabaseBusy } from '../core/ports/databaseBusy.ts';
import { continueInMemory } from './continueInMemory.ts';
import {
  configure,
  databasePath,
  fileAt,
  inMemory,
  type OpenDatabase,
  type OpenedDatabase,
} from './database.ts';
import { readHeader } from './fileHeader.ts';
import { migrate, NewerSchema, SCHEMA_VERSION } from './migrations.ts';
import { setAside } from './setAside.ts';
import { damaged, isDamage, isOfSqlite, isUnwritable, mayLackSharedMemory } from './sqliteErrors.ts';

/** The log is written into the file by `Checkpoints`; where these fail, by SQLite within the commit that makes it so long. */
const LOG_PAGES = 16_000;
/** The log file is truncated only beyond this size: truncating takes 20 ms on some disks. */
const LOG_BYTES = 64 * 1024 * 1024;
/** Windows that VS Code restores together all try to set the file up, which does not take long. */
const ATTEMPTS = 5;
const ATTEMPT_MS = 50;
/**
 * Small tables that every start reads, so that they are checked at once, indexes included. Damage to the others shows
 * when they are used.
 */
const CHECKED_TABLES = [
  'keys',
  'states',
  'claims',
  'holds',
  'sites',
  'fired',
  'snoozes',
  'key_rules',
  'aliases',
  'copied_secrets',
  'ignored_secrets',
  'silences',
  'chores',
  'series',
  'meters',
];

/**
 * Opens the database that all windows share, and brings it up to date. Never throws: a database that cannot be used
 * comes back as one in memory, with the trouble that it stands for (`newer`, `locked`, `unwritable`), and a damaged one
 * as a new file, with where the old one was moved to.
 */
export const openDatabase: OpenDatabase = (folder, now) => {
  const path = databasePath(folder);
  // Looked up first: after a failure, another window may have put a new file in its place already.
  const file = fileAt(path);
  try {
    mkdirSync(folder, { recursive: true });
    return openWithRetry(path);
  } catch (error) {
    if (error instanceof NewerSchema) return continueInMemory(folder, { kind: 'newer' });
    if (isDatabaseBusy(error)) return inMemory({ kind: 'locked' });
    // Any other error of SQLite on a file that can be read and written means that the file is damaged.
    if (isDamage(error) || (isOfSqlite(error) && !isUnwritable(error))) return afterDamage(folder, file, now);
    return continueInMemory(folder, { kind: 'unwritable' });
  }
};

/**
 * A new database in the place of the damaged one, which is set aside; or the one that another window, which
 * noticed first, has put there already. `damaged` is the file that was found to be bad.
 */
export function afterDamage(folder: string, damaged: bigint | undefined, now: number): OpenedDatabase {
  const path = databasePath(folder);
  try {
    const movedTo = setAside(path, now, () => damaged !== undefined && fileAt(path) === damaged);
    const opened = openWithRetry(path);
    return movedTo === undefined ? opened : { ...opened, trouble: { kind: 'damaged', movedTo } };
  } catch (error) {
    return inMemory({ kind: isDatabaseBusy(error) ? 'locked' : 'unwritable' });
  }
}

function openWithRetry(path: string): OpenedDatabase {
  for (let attempt = 1; ; attempt++) {
    try {
      return open(path);
    } catch (error) {
      if (!isDatabaseBusy(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

function open(path: string): OpenedDatabase {
  const { version, isRollback } = readHeader(path);
  if (version > SCHEMA_VERSION) throw new NewerSchema();
  restrictToOwner(path);
  // The file was set up without shared memory and stays so, since other windows have it open.
  if (isRollback) return openWith(path, keepJournal);
  try {
    return openWith(path, setUpLog);
  } catch (error) {
    if (!mayLackSharedMemory(error)) throw error;
    return withoutSharedMemory(path, error);
  }
}

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** Nobody else on this machine may read names, addresses and figures; SQLite gives its log the same permissions. */
function restrictToOwner(path: string): void {
  closeSync(openSync(path, 'a', OWNER_ONLY));
  if (process.platform === 'win32' || (statSync(path).mode & OTHERS) === 0) return;
  try {
    chmodSync(path, OWNER_ONLY);
  } catch {
    // Someone else's file, or a file system without such rights.
  }
}

/**
 * Network and virtual file systems (9p, virtiofs) have no memory that processes share. The older journal needs
 * none, and windows share the file all the same, one at a time. Where that fails too, it was for another reason.
 */
function withoutSharedMemory(path: string, reason: unknown): OpenedDatabase {
  try {
    return openWith(path, setUpJournal);
  } catch (error) {
    throw isDatabaseBusy(error) || isDamage(error) || error instanceof NewerSchema ? error : reason;
  }
}

function openWith(path: string, setUp: (database: DatabaseSync) => boolean): OpenedDatabase {
  const database = new DatabaseSync(path);
  try {
    // The rest of the configuration already reads the file, which needs a journal that works.
    database.exec(`PRAGMA busy_timeout = ${ATTEMPT_MS}`);
    const hasLog = setUp(database);
    configure(database, ATTEMPT_MS);
    const fresh = migrate(database);
    assertNotDamaged(database);
    configure(database);
    return { database, shared: true, fresh, hasLog, file: fileAt(path) };
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

function setUpLog(database: DatabaseSync): boolean {
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}`,
  );
  assertWritable(database);
  return true;
}

/** Where shared memory can only be read, just a write shows it. If another window is writing, it can be written. */
function assertWritable(database: DatabaseSync): void {
  try {
    database.exec('BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    if (!isDatabaseBusy(error)) throw error;
  }
}

function keepJournal(): boolean {
  return false;
}

/** While it has the file to itself, SQLite reads a write-ahead log without shared memory, and can take it in. */
function setUpJournal(database: DatabaseSync): boolean {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE');
  database.exec('PRAGMA locking_mode = NORMAL; BEGIN IMMEDIATE; COMMIT');
  return false;
}

/** Checks the tables that every start needs. Damage to other tables shows when they are read, and is handled there. */
function assertNotDamaged(database: DatabaseSync): void {
  for (const table of CHECKED_TABLES) {
    const found = database.prepare(`PRAGMA integrity_check(${table})`).get()?.integrity_check;
    if (found !== 'ok') throw damaged();
  }
}
