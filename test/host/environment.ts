import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a suite in VS Code finds around it: a folder to open, and variables that tell it where things are. */
export interface SuiteEnvironment {
  folder: string;
  /** Added to the environment of the extension host. */
  env: Record<string, string>;
  /** Where the suite writes what its search for marked secrets went through. */
  canaryFile: string;
  /** Where the suite writes its result. */
  resultFile: string;
  stop(): Promise<void>;
}

/** Prepares it. Both VS Codes, the one in the browser and the one on the desktop, get the same. */
export async function prepareEnvironment(): Promise<SuiteEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'key-quota-suite-'));
  const resultFile = `${folder}.json`;
  const canaryFile = `${folder}.canary.json`;
  return {
    folder,
    resultFile,
    canaryFile,
    env: { KEY_QUOTA_TEST_RESULTS: resultFile, KEY_QUOTA_TEST_CANARY: canaryFile },
    async stop() {
      await rm(folder, { recursive: true, force: true });
      await rm(canaryFile, { force: true });
      await rm(resultFile, { force: true });
    },
  };
}
