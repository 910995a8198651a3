import type { DatabaseSync } from 'node:sqlite';

/** Each step brings the database from the version of its index to the next; a step is never edited later. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
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
    sent_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_by_time ON requests (origin, limiter, sent_at);
  CREATE TABLE holds (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (origin, limiter)
  ) STRICT;
  CREATE TABLE sites (
    origin TEXT PRIMARY KEY,
    site TEXT,
    asked_at INTEGER NOT NULL
  ) STRICT;
  `,
];

export const SCHEMA_VERSION = STEPS.length;

/** The schema version of a database; 0 for a new file. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Brings an older database up to date, in one transaction that another window's cannot overlap. */
export function migrate(database: DatabaseSync): void {
  if (schemaVersion(database) === SCHEMA_VERSION) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of STEPS.slice(schemaVersion(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
