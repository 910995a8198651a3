import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { canary } from '../../canary/search.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

const tempFolders: string[] = [];

/** A new empty folder. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-'));
  tempFolders.push(folder);
  return folder;
}

/** Removes all folders made so far; for a suite's `afterEach`. */
export function removeTempFolders(): void {
  for (const folder of tempFolders.splice(0)) discardFolder(folder);
}

/** Removes a folder; what was written there is searched for marked secrets first. */
export function discardFolder(folder: string): void {
  canary.folder(folder);
  rmSync(folder, { recursive: true, force: true });
}
