import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { readConfiguration } from '../configuration/readConfiguration.ts';
import { exitCodes } from '../exitCodes.ts';
import { printError } from '../output.ts';
import { UsageError } from '../usageError.ts';
import { version } from '../version.ts';
import { CannotStart } from './openStore.ts';
import { createServerLog } from './serverLog.ts';
import { startServer } from './startServer.ts';

export const usage = 'KEY-QUOTA.JSON [--behind-tls]';

/** `key-quota serve`: watches the keys of a configuration until it is told to end, by SIGTERM or SIGINT. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'behind-tls': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('“serve” takes one file.');
  const environment = process.env;
  const isBehindTls = values['behind-tls'];
  const { configuration, mistakes, warnings } = await readConfiguration(path, { isBehindTls, environment });
  for (const warning of warnings) printError(`warning: ${warning}`);
  for (const mistake of mistakes) printError(mistake);
  if (!configuration) return exitCodes.failed;
  const log = createServerLog();
  const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    const server = await startServer(configuration, { log, environment });
    log.info(
      `key-quota ${version} watches ${configuration.keys.length} keys and answers at ${server.address}`,
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
