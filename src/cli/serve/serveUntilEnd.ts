import type { Log } from '../../core/ports/log.ts';
import { SECOND_MS } from '../../core/time.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { keyCountText } from '../configuration/keyCountText.ts';
import type { ReadConfiguration } from '../configuration/readConfiguration.ts';
import { systemErrorText } from '../systemError.ts';
import { version } from '../version.ts';
import { CannotStart } from './openStore.ts';
import type { RunningServer } from './startServer.ts';

/** What signals ask of a server: to end, or to reload its configuration. */
export type Told = 'end' | 'reload';

export interface ServeParts {
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly start: (configuration: Configuration) => Promise<RunningServer>;
  readonly readAgain: () => Promise<ReadConfiguration>;
  /** Resolves with what the server is told next; undefined where it is told nothing within so many milliseconds. */
  readonly nextTold: (withinMs?: number) => Promise<Told | undefined>;
}

/** How long after it could not be served a configuration is tried again. */
const AGAIN_MS = 5 * SECOND_MS;

/**
 * Serves until a signal asks it to end. On a reload it starts again with the new configuration in the same process;
 * where that has mistakes or cannot be served, it continues with the old one. Where neither can be served, as while
 * another program keeps the database locked, both are tried again until one can.
 * @throws CannotStart where the first configuration cannot be served.
 */
export async function serveUntilEnd(first: Configuration, parts: ServeParts): Promise<void> {
  const { log, nextTold } = parts;
  let server: RunningServer | undefined = await announced(first, parts);
  /** The newest one, and the one that was served last, if that is another. */
  let wanted: readonly Configuration[] = [first];
  const said = new Set<string>();
  for (;;) {
    const told = await nextTold(server ? undefined : AGAIN_MS);
    if (told === 'end') break;
    const next = told && (await readWithoutMistakes(parts, server ? OLD_HOLDS : OLD_IS_TRIED));
    if (next) {
      said.clear();
      await server?.close();
      server = undefined;
      wanted = [next, ...wanted.slice(-1)];
    }
    if (server) continue;
    const started = await startFirst(wanted, parts, said);
    if (!started) continue;
    [server, wanted] = [started.server, [started.configuration]];
    said.clear();
  }
  log.info('It ends: waiting for answers that are on their way.');
  await server?.close();
  log.info('Ended.');
}

/** Starts the first of some configurations that can be served; undefined where none can. No reason is logged twice. */
async function startFirst(
  configurations: readonly Configuration[],
  parts: ServeParts,
  said: Set<string>,
): Promise<{ readonly server: RunningServer; readonly configuration: Configuration } | undefined> {
  const warn = (text: string) => {
    if (!said.has(text)) parts.log.warn(text);
    said.add(text);
  };
  for (const configuration of configurations) {
    try {
      const server = await announced(configuration, parts);
      if (configuration !== configurations[0]) parts.log.warn(OLD_HOLDS);
      return { server, configuration };
    } catch (error) {
      warn(
        error instanceof CannotStart
          ? error.message
          : `The server could not be started: ${systemErrorText(error)}.`,
      );
    }
  }
  warn(AGAIN);
  return undefined;
}

async function announced(configuration: Configuration, { log, start }: ServeParts): Promise<RunningServer> {
  const server = await start(configuration);
  const keys = keyCountText(configuration.keys.length);
  log.info(`key-quota ${version} watches ${keys} and answers at ${server.address}`);
  return server;
}

const OLD_HOLDS = 'The configuration of before holds.';
const OLD_IS_TRIED = 'Still nothing is served: the configuration of before is tried again.';
const AGAIN = `Nothing is served until that is over. It is tried again every ${AGAIN_MS / SECOND_MS} seconds.`;

/** Reads the configuration again. Where it has mistakes, these are logged, and what becomes of the one of before. */
async function readWithoutMistakes(
  { log, readAgain }: ServeParts,
  ofBefore: string,
): Promise<Configuration | undefined> {
  log.info('SIGHUP: the configuration is read again, with all files that it names.');
  const { configuration, mistakes, warnings } = await readAgain();
  for (const each of warnings) log.warn(each);
  if (configuration) return configuration;
  for (const each of mistakes) log.warn(each);
  log.warn(ofBefore);
  return undefined;
}
