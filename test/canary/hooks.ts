import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver, mochaGlobalSetup, mochaGlobalTeardown } from './processes.ts';
import { canary } from './search.ts';

export { mochaGlobalSetup, mochaGlobalTeardown };

/** Temporary files of the run, of this process and of those that it starts, are all in here. */
let folder: string;
const VARIABLES = ['TMPDIR', 'TMP', 'TEMP'] as const;
const before = VARIABLES.map(name => process.env[name]);

/** What mocha calls in each process: before the first test of a file, or of all, and after the last one. */
export const mochaHooks = {
  beforeAll(): void {
    folder = mkdtempSync(join(tmpdir(), 'kc-'));
    // Some tests run as a user without privileges, who needs access to their own files.
    chmodSync(folder, 0o755);
    for (const name of VARIABLES) process.env[name] = folder;
  },
  afterAll(): void {
    VARIABLES.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
    canary.folder(folder);
    rmSync(folder, { recursive: true, force: true });
    handOver();
  },
};
