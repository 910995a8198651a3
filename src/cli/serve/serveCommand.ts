import { once } from 'node:events';
import { configurationFromArguments } from '../configuration/fromArguments.ts';
import { keyCountText } from '../configuration/keyCountText.ts';
import { exitCodes } from '../exitCodes.ts';
import { printError } from '../output.ts';
import { version } from '../version.ts';
import { CannotStart } from './openStore.ts';
import { createServerLog } from './serverLog.ts';
import { keepHeapSmall } from './smallHeap.ts';
import { startServer } from './startServer.ts';

export const usage = 'KEY-QUOTA.JSON [--behind-tls]';

/** `key-quota serve`: watches the keys of a configuration until it is told to end, by SIGTERM or SIGINT. */
export async function run(args: readonly string[]): Promise<number> {
  keepHeapSmall();
  const { configuration } = await configurationFromArguments('serve', args);
  if (!configuration) return exitCodes.failed;
  const log = createServerLog();
  const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    const server = await startServer(configuration, { log, environment: process.env });
    log.info(
      `key-quota ${version} watches ${keyCountText(configuration.keys.length)} and answers at ${server.address}`,
    );
    await ended;
    log.info('It ends: waiting for answers that are on their way.');
    await server.close();
    log.info('Ended.');
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    printError(error.message);
    return exitCodes.failed;
  }
}
