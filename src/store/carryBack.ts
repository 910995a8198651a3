import type { DatabaseSync } from 'node:sqlite';
import { CHANGED_ROWS_ONLY, makeStartTable, startTable } from './memoryStart.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { numbered } from './numbered.ts';

/**
 * Tables of what the user sets. None of it can be changed while the database is in memory, so the file has the newest,
 * unless the file is new.
 */
const USER_TABLES = ['keys', 'snoozes', 'key_rules', 'spending_limits'];

/** How each table is copied back: which rows, and what happens to rows that the file already has. */
const COPY_CLAUSES: Readonly<Record<string, string>> = {
  requests:
    'WHERE NOT EXISTS (SELECT 1 FROM requests WHERE origin = ?1 AND limiter = ?2 AND sent_at = ?3 AND paced = ?4)',
  holds: 'WHERE true ON CONFLICT DO UPDATE SET since = excluded.since, until = max(until, excluded.until)',
  shares: `WHERE true ON CONFLICT DO UPDATE SET share = excluded.share, changed_at = excluded.changed_at,
    refused_at = excluded.refused_at, refused_share = excluded.refused_share WHERE excluded.changed_at > changed_at`,
  states: `WHERE EXISTS (SELECT 1 FROM keys WHERE id = ?1) ON CONFLICT DO UPDATE SET reading = excluded.reading,
    failure = excluded.failure, forecast = excluded.forecast, memory = excluded.memory, checked_at = excluded.checked_at,
    failures = excluded.failures, due_at = excluded.due_at,
    unchanged_since = excluded.unchanged_since, read_from = excluded.read_from WHERE excluded.checked_at > ifnull(checked_at, 0)`,
  account_links: 'WHERE EXISTS (SELECT 1 FROM keys WHERE id = ?1) ON CONFLICT DO NOTHING',
  fired: `WHERE EXISTS (SELECT 1 FROM keys WHERE id = ?1) ON CONFLICT DO UPDATE SET mark = excluded.mark`,
  // A number that the file has given to another key meanwhile stays that key's.
  aliases: 'WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM keys WHERE id = ?1) ON CONFLICT DO NOTHING',
  copied_secrets: `WHERE EXISTS (SELECT 1 FROM keys WHERE id = ?1)
    ON CONFLICT DO UPDATE SET until = excluded.until, digest = excluded.digest`,
  ignored_secrets: 'WHERE true ON CONFLICT DO NOTHING',
  shared_settings: 'WHERE true ON CONFLICT DO UPDATE SET value = excluded.value',
  silences: 'WHERE true ON CONFLICT DO UPDATE SET since = excluded.since, lasts = excluded.lasts',
};

/**
 * Writes into the file what a window needs kept of its time in memory: the calls it made, the newest answers, what was
 * warned about. Readings of that time are left out: the next one shows what was spent since the last one in the file.
 * Returns whether the file took it: all of it or nothing.
 *
 * @throws SQLite's error where another window is writing.
 */
export function carryBack(memory: DatabaseSync, file: DatabaseSync, isFresh: boolean): boolean {
  // A database that began empty remembers nothing.
  for (const table of CHANGED_ROWS_ONLY) makeStartTable(memory, table, 'WHERE false');
  file.exec('BEGIN IMMEDIATE');
  try {
    // Writes even where there is nothing to carry, to see whether the disk accepts writes.
    file.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    // Only where the file lacks them all: others may have removed keys meanwhile.
    if (isFresh) for (const table of USER_TABLES) copy(memory, file, table, '');
    for (const [table, take] of Object.entries(COPY_CLAUSES)) copy(memory, file, table, take);
    file.exec('COMMIT');
    return true;
  } catch {
    if (file.isTransaction) file.exec('ROLLBACK');
    return false;
  }
}

function copy(memory: DatabaseSync, file: DatabaseSync, table: string, take: string): void {
  const columns = memory.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  const names = columns.map(({ name }) => String(name));
  const values = names.map((_, index) => `?${index + 1}`).join(', ');
  const list = names.join(', ');
  const put = file.prepare(`INSERT INTO ${table} (${list}) SELECT ${values} ${take}`);
  const unchanged = CHANGED_ROWS_ONLY.has(table) ? `EXCEPT SELECT ${list} FROM ${startTable(table)}` : '';
  for (const row of memory.prepare(`SELECT ${list} FROM ${table} ${unchanged}`).iterate())
    put.run(numbered(...names.map(name => row[name] ?? null)));
}
