import { parseArgs } from 'node:util';
import { exitCodes } from '../exitCodes.ts';
import { machineOf, machineText } from '../machine.ts';
import { print, printError } from '../output.ts';
import { UsageError } from '../usageError.ts';
import { withoutDigests } from '../withoutDigests.ts';
import { readSources } from './readSources.ts';
import type { Source } from './source.ts';
import { statusLine } from './statusLine.ts';
import { statusTable } from './statusTable.ts';
import { terminalText } from './terminalText.ts';
import { codeForThreshold } from './threshold.ts';

export const usage = `[--database FILE | --config KEY-QUOTA.JSON | --server URL [--token-file FILE]]
  [--json | --line] [--key NAME]... [--fail-below PERCENT]

  Without a place, the databases of the editors on this machine.

  --database    the database of an editor; may be given several times
  --config      what the server of a configuration has in its database, on the server's machine
  --server      a server of the team: https://host:port, or http://127.0.0.1:9633 on its own machine
  --token-file  the file with a reader's token for it; else the token is in KEY_QUOTA_TOKEN
  --json        the states of the keys, for programs
  --line        one short line, for status lines
  --key         that key alone, by its name or id; may be given several times
  --fail-below  exits with 1 where a key has less than so many per cent left, and with 69 where that is not known`;

/** `key-quota status`: what is known of the keys. Asks no gateway, and no key ring. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string', multiple: true },
      config: { type: 'string', multiple: true },
      server: { type: 'string' },
      'token-file': { type: 'string' },
      key: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      line: { type: 'boolean', default: false },
      'fail-below': { type: 'string' },
    },
  });
  if (values.json && values.line) throw new UsageError('Either --json or --line.');
  const places = [values.database, values.config, values.server].filter(each => each !== undefined);
  if (places.length > 1) throw new UsageError('One of --database, --config and --server.');
  if (values['token-file'] !== undefined && values.server === undefined)
    throw new UsageError('--token-file is for --server, which names whom the token is for.');
  const threshold = percentFrom(values['fail-below']);
  const { sources, troubles } = await readSources({ ...values, tokenFile: values['token-file'] });
  for (const trouble of troubles) printError(terminalText(trouble));
  if (sources.length === 0) {
    if (values.line) print('keys unknown');
    return exitCodes.unavailable;
  }
  const chosen = sources.map(source => withKeys(source, values.key));
  const absent = (values.key ?? []).filter(
    name => keysOf(sources.map(each => withKeys(each, [name]))).length === 0,
  );
  if (absent.length > 0) printError(terminalText(`There is no key “${absent.join('”, “')}”.`));
  if (values.key && absent.length === values.key.length) return exitCodes.unavailable;
  print(values.json ? jsonOf(chosen) : values.line ? lineOf(chosen) : await tablesOf(chosen));
  const code = threshold === undefined ? exitCodes.ok : codeForThreshold(keysOf(chosen), threshold);
  // A key that is missing, or in a place that told nothing, is not known to be above the threshold.
  const isUnsure = absent.length > 0 || (troubles.length > 0 && threshold !== undefined && !values.key);
  return code === exitCodes.ok && isUnsure ? exitCodes.unavailable : code;
}

function percentFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = /^\d+(?:\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!(percent <= 100)) throw new UsageError('--fail-below needs a number of per cent, from 0 to 100.');
  return percent;
}

function withKeys(source: Source, names: readonly string[] | undefined): Source {
  if (!names) return source;
  const wanted = new Set(names.map(name => name.trim().toLowerCase()));
  const keys = source.keys.filter(
    ({ id, label }) => wanted.has(id) || wanted.has(label.trim().toLowerCase()),
  );
  return { ...source, keys };
}

function keysOf(sources: readonly Source[]) {
  return sources.flatMap(({ keys }) => keys);
}

function jsonOf(sources: readonly Source[]): string {
  const states = sources.flatMap(({ keys, editor }) =>
    keys.map(key => ({ ...key, reading: withoutDigests(key.reading), ...(editor && { editor }) })),
  );
  return JSON.stringify(states, null, 2);
}

function lineOf(sources: readonly Source[]): string {
  return statusLine(keysOf(sources), Math.max(...sources.map(({ now }) => now)));
}

/** Each place with its name, and databases with their machine's name where a person may expect another one. */
async function tablesOf(sources: readonly Source[]): Promise<string> {
  const { place } = machineOf();
  const texts = sources.map(async source => {
    const on = source.editor !== undefined && place ? ` on ${machineText(machineOf())}` : '';
    const title = sources.length > 1 || on !== '' ? `${source.title}${on}:\n` : '';
    return title + (await statusTable(source));
  });
  return (await Promise.all(texts)).join('\n\n');
}
