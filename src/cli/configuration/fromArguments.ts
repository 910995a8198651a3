import { parseArgs } from 'node:util';
import { printError } from '../output.ts';
import { UsageError } from '../usageError.ts';
import { type ReadConfiguration, readConfiguration } from './readConfiguration.ts';

/** The configuration, and a function that reads the file again without printing anything. */
export interface FromArguments extends ReadConfiguration {
  readonly path: string;
  readonly readAgain: () => Promise<ReadConfiguration>;
}

/** What `--help` says of them. */
export const CONFIGURATION_OPTIONS =
  '  --behind-tls  a proxy with TLS stands in front, so that “listen” may name an address that other machines reach';

/**
 * Reads the configuration that a command was given, and says what is wrong with it on standard error.
 * @throws UsageError where the arguments do not name one file.
 */
export async function configurationFromArguments(
  command: string,
  args: readonly string[],
): Promise<FromArguments> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'behind-tls': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    throw new UsageError(`“${command}” takes one file: the configuration, key-quota.json.`);
  const options = { isBehindTls: values['behind-tls'], environment: process.env };
  const readAgain = () => readConfiguration(path, options);
  const read = await readAgain();
  for (const warning of read.warnings) printError(`warning: ${warning}`);
  for (const mistake of read.mistakes) printError(mistake);
  return { ...read, path, readAgain };
}

/** How much is wrong with a configuration. */
export function wrongCountText({ length }: readonly string[]): string {
  return length === 1 ? 'one thing is wrong' : `${length} things are wrong`;
}
