import { parseArgs } from 'node:util';
import { readConfiguration } from '../configuration/readConfiguration.ts';
import { exitCodes } from '../exitCodes.ts';
import { print, printError } from '../output.ts';
import { UsageError } from '../usageError.ts';

export const usage = 'KEY-QUOTA.JSON [--behind-tls]';

/** `key-quota check`: says everything that is wrong with a configuration, and asks nobody. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'behind-tls': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('“check” takes one file.');
  const { configuration, mistakes, warnings } = await readConfiguration(path, {
    isBehindTls: values['behind-tls'],
    environment: process.env,
  });
  for (const warning of warnings) printError(`warning: ${warning}`);
  for (const mistake of mistakes) printError(mistake);
  if (!configuration) {
    printError(`${path}: ${mistakes.length === 1 ? 'one thing is' : `${mistakes.length} things are`} wrong.`);
    return exitCodes.failed;
  }
  print(`${path}: nothing is wrong with it. ${configuration.keys.length} keys, no gateway was asked.`);
  return exitCodes.ok;
}
