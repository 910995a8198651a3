import type { DatabaseSync } from 'node:sqlite';
import { databasePath, inMemory, type OpenedDatabase, type StoreTrouble } from './database.ts';

/** What windows need of each other; the history stays behind on the disk. */
const CARRIED = [
  'keys',
  'states',
  'claims',
  'requests',
  'holds',
  'sites',
  'marks',
  'silences',
  'units',
  'meters',
  'days',
];

/** A database in memory that goes on from what can still be read of the one in use. */
export function continueInMemory(folder: string, trouble: StoreTrouble): OpenedDatabase {
  const opened = inMemory(trouble);
  const { database } = opened;
  try {
    database.prepare('ATTACH DATABASE ? AS disk').run(databasePath(folder));
    for (const table of CARRIED) carry(database, table);
    database.exec('DETACH DATABASE disk');
  } catch {
    // A disk that cannot even be read leaves an empty start; the secrets rebuild the records.
  }
  return opened;
}

/** By the names of our columns: a newer version may have more of them, or lack some. */
function carry(database: DatabaseSync, table: string): void {
  const columns = database.prepare(`SELECT name FROM pragma_table_info(?)`).all(table);
  const names = columns.map(({ name }) => String(name)).join(', ');
  try {
    database.exec(`INSERT INTO ${table} (${names}) SELECT ${names} FROM disk.${table}`);
  } catch {
    // One table that cannot be read is no reason to leave the others behind.
  }
}
