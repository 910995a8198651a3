import {
  CONFIGURATION_OPTIONS,
  configurationFromArguments,
  wrongCountText,
} from '../configuration/fromArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { printError } from '../output.ts';
import { CannotStart } from './openStore.ts';
import { createServerLog } from './serverLog.ts';
import { serveUntilEnd } from './serveUntilEnd.ts';
import { keepHeapSmall } from './smallHeap.ts';
import { startServer } from './startServer.ts';
import { toldBySignals } from './toldBySignals.ts';

export const usage = `KEY-QUOTA.JSON [--behind-tls]

${CONFIGURATION_OPTIONS}

  SIGTERM ends it in good order, SIGHUP has it read the configuration again. OTEL_EXPORTER_OTLP_* push metrics.`;

/** `key-quota serve`: watches the keys of a configuration until SIGTERM or SIGINT. */
export async function run(args: readonly string[]): Promise<number> {
  keepHeapSmall();
  let isOld = false;
  process.on('SIGHUP', () => {
    isOld = true;
  });
  const { path, configuration, mistakes, readAgain } = await configurationFromArguments('serve', args);
  if (!configuration) {
    printError(`${path}: ${wrongCountText(mistakes)}, and the server was not started.`);
    return exitCodes.failed;
  }
  const log = createServerLog();
  // On Windows it says that the window was closed, wherever it is sent from.
  const isInTerminal = process.stderr.isTTY || process.platform === 'win32';
  const nextTold = toldBySignals(process, isInTerminal);
  // It came while the files were read, which may have changed since.
  if (isOld) process.emit('SIGHUP', 'SIGHUP');
  try {
    await serveUntilEnd(configuration, {
      ...{ log, readAgain, nextTold },
      start: each => startServer(each, { log, environment: process.env }),
    });
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    printError(error.message);
    return exitCodes.failed;
  }
}
