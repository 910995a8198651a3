import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conclude } from './conclude.ts';
import { clearMemory, keepFilesInMemory } from './memory.ts';
import { canary, Search, type Searched } from './search.ts';

/** Names the folder in which the processes of a run leave what they searched. */
const VARIABLE = 'KEY_QUOTA_CANARY';

/** What mocha calls once, before it starts the processes that run the tests. */
export function mochaGlobalSetup(): void {
  keepFilesInMemory();
  process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'kr-'));
}

/** To be called when the tests of a file are over: leaves what this process has searched so far. */
export function handOver(): void {
  const folder = process.env[VARIABLE];
  if (folder) writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(canary.result));
}

/** What mocha calls once, after the last test of all processes. */
export function mochaGlobalTeardown(): void {
  const folder = process.env[VARIABLE];
  if (!folder) throw new Error('the search for marked secrets was never begun');
  delete process.env[VARIABLE];
  const all = new Search();
  for (const file of readdirSync(folder)) {
    all.add(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Searched);
  }
  rmSync(folder, { recursive: true });
  clearMemory();
  conclude(all);
}
