import type { DatabaseSync } from 'node:sqlite';

/** Each step brings the database from the version of its index to the next; a step is never edited later. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE keys (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    credential TEXT NOT NULL,
    user_id TEXT,
    fingerprint TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE states (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    reading TEXT,
    failure TEXT,
    forecast TEXT,
    checked_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER
  ) STRICT;
  CREATE TABLE claims (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    token TEXT NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE requests (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    paced INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_by_time ON requests (origin, limiter, sent_at);
  CREATE TABLE holds (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (origin, limiter)
  ) STRICT;
  CREATE TABLE sites (
    origin TEXT PRIMARY KEY,
    site TEXT,
    asked_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE marks (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (key_id, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE chores (
    name TEXT PRIMARY KEY,
    done_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE units (
    no INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    UNIQUE (code, symbol)
  ) STRICT;
  -- Times in epoch seconds, amounts in the unit's smallest parts; one row for a run of equal readings.
  CREATE TABLE readings (
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    lasted INTEGER NOT NULL,
    unit_no INTEGER NOT NULL,
    remaining INTEGER,
    used INTEGER,
    spent INTEGER NOT NULL,
    PRIMARY KEY (key_no, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE meters (
    key_no INTEGER PRIMARY KEY REFERENCES keys (no) ON DELETE CASCADE,
    unit_no INTEGER NOT NULL,
    high INTEGER,
    remaining INTEGER,
    resets_at TEXT
  ) STRICT;
  CREATE TABLE days (
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    day TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    PRIMARY KEY (day, key_no, unit_no)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Times in epoch milliseconds.
  CREATE TABLE silences (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    lasts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

export const SCHEMA_VERSION = STEPS.length;

/** The schema version of a database; 0 for a new file. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Thrown in place of a change to what a newer version of the extension has set up. */
export class NewerSchema extends Error {}

/**
 * Brings an older database up to date, in one transaction that another window's cannot overlap. Returns
 * whether it began empty.
 */
export function migrate(database: DatabaseSync): boolean {
  if (schemaVersion(database) === SCHEMA_VERSION) return false;
  database.exec('BEGIN IMMEDIATE');
  try {
    const before = schemaVersion(database);
    if (before > SCHEMA_VERSION) throw new NewerSchema();
    for (const step of STEPS.slice(before)) database.exec(step);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    database.exec('COMMIT');
    return before === 0;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
