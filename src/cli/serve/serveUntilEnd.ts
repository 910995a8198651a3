import type { Log } from '../../core/ports/log.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { keyCountText } from '../configuration/keyCountText.ts';
import type { ReadConfiguration } from '../configuration/readConfiguration.ts';
import { version } from '../version.ts';
import { CannotStart } from './openStore.ts';
import type { RunningServer } from './startServer.ts';

/** What signals ask of a server: to end, or to reload its configuration. */
export type Told = 'end' | 'reload';

export interface ServeParts {
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly start: (configuration: Configuration) => Promise<RunningServer>;
  readonly readAgain: () => Promise<ReadConfiguration>;
  /** Resolves with what the server is told next. */
  readonly nextTold: () => Promise<Told>;
}

/**
 * Serves until a signal asks it to end. On a reload it starts again with the new configuration in the same process;
 * where that has mistakes or cannot be served, it continues with the old one.
 * @throws CannotStart
 */
export async function serveUntilEnd(first: Configuration, parts: ServeParts): Promise<void> {
  const { log, nextTold } = parts;
  let configuration = first;
  let server = await announced(configuration, parts);
  while ((await nextTold()) === 'reload') {
    const next = await readWithoutMistakes(parts);
    if (!next) continue;
    await server.close();
    const started = await announced(next, parts).catch(notStarted(log));
    server = started ?? (await announced(configuration, parts));
    if (started) configuration = next;
    else log.warn(OLD_HOLDS);
  }
  log.info('It ends: waiting for answers that are on their way.');
  await server.close();
  log.info('Ended.');
}

async function announced(configuration: Configuration, { log, start }: ServeParts): Promise<RunningServer> {
  const server = await start(configuration);
  const keys = keyCountText(configuration.keys.length);
  log.info(`key-quota ${version} watches ${keys} and answers at ${server.address}`);
  return server;
}

const OLD_HOLDS = 'The configuration of before holds.';

async function readWithoutMistakes({ log, readAgain }: ServeParts): Promise<Configuration | undefined> {
  log.info('SIGHUP: the configuration is read again, with all files that it names.');
  const { configuration, mistakes, warnings } = await readAgain();
  for (const each of warnings) log.warn(each);
  if (configuration) return configuration;
  for (const each of mistakes) log.warn(each);
  log.warn(OLD_HOLDS);
  return undefined;
}

function notStarted(log: ServeParts['log']): (error: unknown) => undefined {
  return error => {
    if (!(error instanceof CannotStart)) throw error;
    log.warn(error.message);
    return undefined;
  };
}
