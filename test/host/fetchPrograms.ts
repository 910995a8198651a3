import { engines } from '../team/engines.ts';
import { oldestNode } from '../team/oldestNode.ts';
import { canUnpackPackages } from './apt.ts';
import { findBrowser } from './browser.ts';
import { getCodeServer } from './codeServer.ts';
import { runProgram } from './program.ts';

await runProgram(fetchPrograms);

/**
 * Fetches what tests run beside the product and is not in the cache yet. `npm test` does so while it checks, which needs no
 * network: no test waits for it then.
 */
async function fetchPrograms(): Promise<number> {
  await getCodeServer();
  await findBrowser();
  await oldestNode();
  if (await canUnpackPackages()) await engines();
  return 0;
}
