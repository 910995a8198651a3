import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exitCodes } from '../exitCodes.ts';
import { print, printError } from '../output.ts';
import { UsageError } from '../usageError.ts';

export const usage = 'KEY-QUOTA.JSON';

/** `key-quota check`: says what is wrong with a configuration, and asks nobody. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('“check” takes one file.');
  try {
    JSON.parse(await readFile(path, 'utf8'));
  } catch {
    printError(`${path} could not be read as JSON.`);
    return exitCodes.failed;
  }
  print(`${path}: nothing is wrong with it.`);
  return exitCodes.ok;
}
