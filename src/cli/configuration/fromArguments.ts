import { parseArgs } from 'node:util';
import { printError } from '../output.ts';
import { UsageError } from '../usageError.ts';
import { type ReadConfiguration, readConfiguration } from './readConfiguration.ts';

/**
 * Reads the configuration that a command was given, and says what is wrong with it on standard error.
 * @throws UsageError where the arguments do not name one file.
 */
export async function configurationFromArguments(
  command: string,
  args: readonly string[],
): Promise<ReadConfiguration & { readonly path: string }> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'behind-tls': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError(`“${command}” takes one file.`);
  const read = await readConfiguration(path, {
    isBehindTls: values['behind-tls'],
    environment: process.env,
  });
  for (const warning of read.warnings) printError(`warning: ${warning}`);
  for (const mistake of read.mistakes) printError(mistake);
  return { ...read, path };
}
