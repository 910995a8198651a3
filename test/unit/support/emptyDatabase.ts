import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePath } from '../../../src/store/database.ts';
import { SqliteStore } from '../../../src/store/store.ts';

/** The first database of this process, as it was before anything was written into it. */
let content: Buffer | undefined;

/**
 * A new folder with a database that was opened once and holds nothing. All but the first of them are copies: to set one
 * up takes five times as long as to open it, and thousands of tests begin with one.
 */
export function folderWithDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-'));
  const path = databasePath(folder);
  if (content === undefined) {
    new SqliteStore(folder, 0).close();
    content = readFileSync(path);
  } else writeFileSync(path, content, { mode: 0o600 });
  return folder;
}
