import {
  CONFIGURATION_OPTIONS,
  configurationFromArguments,
  wrongCountText,
} from '../configuration/fromArguments.ts';
import { keyCountText } from '../configuration/keyCountText.ts';
import { seenNamesNotes } from '../configuration/seenNames.ts';
import { exitCodes } from '../exitCodes.ts';
import { print, printError } from '../output.ts';

export const usage = `KEY-QUOTA.JSON [--behind-tls]

${CONFIGURATION_OPTIONS}`;

/** `key-quota check`: prints everything that is wrong with a configuration, without a request to any gateway. */
export async function run(args: readonly string[]): Promise<number> {
  const { path, configuration, mistakes } = await configurationFromArguments('check', args);
  if (!configuration) {
    printError(`${path}: ${wrongCountText(mistakes)}.`);
    return exitCodes.failed;
  }
  for (const note of seenNamesNotes(configuration)) print(`note: ${note}`);
  print(
    `${path}: nothing is wrong with it. ${keyCountText(configuration.keys.length)}, no gateway was asked.`,
  );
  return exitCodes.ok;
}
