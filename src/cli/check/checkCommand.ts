import { CONFIGURATION_OPTIONS, configurationFromArguments } from '../configuration/fromArguments.ts';
import { keyCountText } from '../configuration/keyCountText.ts';
import { seenNamesNotes } from '../configuration/seenNames.ts';
import { exitCodes } from '../exitCodes.ts';
import { print, printError } from '../output.ts';

export const usage = `KEY-QUOTA.JSON [--behind-tls]

${CONFIGURATION_OPTIONS}`;

/** `key-quota check`: says everything that is wrong with a configuration, and asks nobody. */
export async function run(args: readonly string[]): Promise<number> {
  const { path, configuration, mistakes } = await configurationFromArguments('check', args);
  if (!configuration) {
    printError(`${path}: ${mistakes.length === 1 ? 'one thing is' : `${mistakes.length} things are`} wrong.`);
    return exitCodes.failed;
  }
  for (const note of seenNamesNotes(configuration)) print(`note: ${note}`);
  print(
    `${path}: nothing is wrong with it. ${keyCountText(configuration.keys.length)}, no gateway was asked.`,
  );
  return exitCodes.ok;
}
