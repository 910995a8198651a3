import type { DatabaseSync } from 'node:sqlite';

/**
 * Tables of which only those rows are copied back that this window has changed: the file may have a newer one by now,
 * or none, because another window has ended a pause or warned again.
 */
export const CHANGED_ROWS_ONLY: ReadonlySet<string> = new Set(['fired', 'silences']);

/** Remembers the rows that a database in memory begins with, so that `carryBack` can tell which ones have changed. */
export function rememberStart(memory: DatabaseSync): void {
  for (const table of CHANGED_ROWS_ONLY) makeStartTable(memory, table, '');
}

/** Creates the table of those rows, where there is none yet. */
export function makeStartTable(memory: DatabaseSync, table: string, rows: string): void {
  memory.exec(`CREATE TABLE IF NOT EXISTS ${startTable(table)} AS SELECT * FROM ${table} ${rows}`);
}

/** The name of that table. */
export function startTable(table: string): string {
  return `start_${table}`;
}
