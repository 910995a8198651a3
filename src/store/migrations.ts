import { createRequire } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';

/** How many steps there are; the version of a database that they have all been applied to. */
export const SCHEMA_VERSION = 18;

/** The schema version of a database; 0 for a new file. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

let steps: readonly string[] | undefined;

/** Keeps the steps at hand for later, when an update may have taken the extension's files away. */
export function provideSteps(provided: readonly string[]): void {
  steps = provided;
}

/**
 * The steps are in a file of their own, because most starts need none of them. It is loaded synchronously while a
 * database is opened, so it is built as CommonJS, which every version of Node can `require`.
 */
function migrationSteps(): readonly string[] {
  const isSource = import.meta.url.endsWith('.ts');
  const load = createRequire(import.meta.url);
  steps ??= (load(`./migrationSteps.${isSource ? 'ts' : 'cjs'}`) as typeof import('./migrationSteps.ts'))
    .STEPS;
  return steps;
}

/** Thrown in place of a change to what a newer version of the extension has set up. */
export class NewerSchema extends Error {}

/**
 * Brings an older database up to date, or to an earlier version than ours, in one transaction that another window's
 * cannot overlap. Returns whether it began empty.
 *
 * @throws NewerSchema where a newer version was here first; SQLite's error, with nothing changed, where a step fails.
 */
export function migrate(database: DatabaseSync, to = SCHEMA_VERSION): boolean {
  if (schemaVersion(database) === to) return false;
  database.exec('BEGIN IMMEDIATE');
  try {
    const before = schemaVersion(database);
    if (before > to) throw new NewerSchema();
    for (const step of migrationSteps().slice(before, to)) database.exec(step);
    database.exec(`PRAGMA user_version = ${to}`);
    database.exec('COMMIT');
    return before === 0;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
