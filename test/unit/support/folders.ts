import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new empty folder. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-'));
  made.push(folder);
  return folder;
}

/** Removes all folders made so far; for a suite's `afterEach`. */
export function removeTempFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
