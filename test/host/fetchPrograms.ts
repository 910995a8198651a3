import { engines } from '../team/engines.ts';
import { oldestNode } from '../team/oldestNode.ts';
import { canUnpackPackages } from './apt.ts';
import { findBrowser } from './browser.ts';
import { getCodeServer } from './codeServer.ts';
import { step } from './progress.ts';

/**
 * Fetches what tests run beside the product and is not in the cache yet. `npm test` does so while it checks, which needs no
 * network: no test waits for it then. What cannot be had now is tried again by the tests that need it, which say why.
 */
async function fetchPrograms(): Promise<void> {
  await getCodeServer();
  await findBrowser();
  if (!(await canUnpackPackages())) return;
  await oldestNode();
  await engines();
}

await fetchPrograms().catch(error => step(`not all programs could be fetched: ${String(error)}`));
