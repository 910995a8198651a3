import { exitCodes } from './exitCodes.ts';
import { print, printError } from './output.ts';
import { type SubcommandEntry, subcommands } from './subcommands.ts';
import { unexpectedText } from './unexpectedText.ts';
import { UsageError, usageErrorText } from './usageError.ts';
import { version } from './version.ts';

/** Runs what the arguments after `key-quota` say. Resolves with the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  const entry = subcommands.find(each => each.name === name);
  try {
    if (entry) return await runSubcommand(entry, rest);
    return runWithoutSubcommand(name ?? '--help');
  } catch (error) {
    const text = usageErrorText(error);
    if (text === undefined) {
      printError(unexpectedText(error));
      return exitCodes.unavailable;
    }
    printError(`${text}\nTry: key-quota ${entry ? `${entry.name} ` : ''}--help`);
    return exitCodes.usage;
  }
}

function runWithoutSubcommand(argument: string): number {
  if (isHelp(argument)) print(helpText());
  else if (isVersion(argument)) print(version);
  else throw new UsageError(`There is no ${argument.startsWith('-') ? 'option' : 'command'} “${argument}”.`);
  return exitCodes.ok;
}

async function runSubcommand(
  { name, summary, load }: SubcommandEntry,
  args: readonly string[],
): Promise<number> {
  if (args.some(isVersion)) return runWithoutSubcommand('--version');
  const { usage, run } = await load();
  if (!args.some(isHelp)) return run(args);
  const [synopsis, ...options] = usage.split('\n\n');
  const sentence = `  ${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  print([`key-quota ${name} ${synopsis}`, sentence, ...options].join('\n\n'));
  return exitCodes.ok;
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function isVersion(argument: string): boolean {
  return argument === '--version' || argument === '-V';
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
