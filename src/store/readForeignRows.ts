import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The most rows that are read of another program's table. */
const MAX_ROWS = 10_000;

/** Larger databases hold more than settings. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads named columns of a table in another program's database. The file is copied with its log first, into a folder
 * that only this user can read and that is deleted afterwards, since SQLite writes beside a file that it opens.
 * @throws an error of SQLite or of the file system.
 */
export function readForeignRows<Column extends string>(
  path: string,
  table: string,
  columns: readonly Column[],
): readonly Readonly<Record<Column, unknown>>[] {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-copy-'));
  try {
    chmodSync(folder, 0o700);
    const copy = join(folder, 'copy.db');
    for (const ending of ['', '-wal']) {
      if (!existsSync(path + ending)) continue;
      assertOrdinary(path + ending);
      copyFileSync(path + ending, copy + ending);
      chmodSync(copy + ending, 0o600);
    }
    const database = new DatabaseSync(copy, { allowExtension: false });
    try {
      assertTable(database, table);
      const names = columns.map(column => `"${column}"`).join(', ');
      const rows = database.prepare(`SELECT ${names} FROM "${table}" LIMIT ${MAX_ROWS}`).all();
      return rows as unknown as readonly Readonly<Record<Column, unknown>>[];
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opening a pipe would wait for a writer, and with it everything in this process. */
function assertOrdinary(path: string): void {
  const stat = statSync(path);
  if (!stat.isFile() || stat.size > MAX_BYTES) throw new Error('Not an ordinary file');
}

/** A view runs whatever query stands in the file, which may never end. */
function assertTable(database: DatabaseSync, name: string): void {
  const query = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  if (!query.get(name)) throw new Error('No such table');
}
