import { parseArgs } from 'node:util';
import { exitCodes } from './exitCodes.ts';
import { print, printError } from './output.ts';
import { type SubcommandEntry, subcommands } from './subcommands.ts';
import { isUsageError, UsageError } from './usageError.ts';
import { version } from './version.ts';

/** Runs what the arguments after `key-quota` say. Resolves with the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    const [first = '--help', ...rest] = args;
    if (first.startsWith('-')) return runWithoutSubcommand(args.length === 0 ? ['--help'] : args);
    const entry = subcommands.find(({ name }) => name === first);
    if (!entry) throw new UsageError(`There is no command “${first}”.`);
    return await runSubcommand(entry, rest);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    printError(`${error.message}\nTry: key-quota --help`);
    return exitCodes.usage;
  }
}

function runWithoutSubcommand(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' } },
  });
  print(values.version ? version : helpText());
  return exitCodes.ok;
}

async function runSubcommand(
  { name, summary, load }: SubcommandEntry,
  args: readonly string[],
): Promise<number> {
  const { usage, run } = await load();
  if (args.includes('--help') || args.includes('-h')) {
    print(`key-quota ${name} ${usage}\n\n${summary}`);
    return exitCodes.ok;
  }
  return run(args);
}

function helpText(): string {
  const longest = Math.max(...subcommands.map(({ name }) => name.length));
  return [
    'What is left on the keys of LLM gateways.',
    '',
    'key-quota COMMAND --help   what a command takes',
    'key-quota --version',
    '',
    ...subcommands.map(({ name, summary }) => `  ${name.padEnd(longest)}  ${summary}`),
  ].join('\n');
}
