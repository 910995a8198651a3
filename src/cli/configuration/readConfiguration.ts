import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import * as v from 'valibot';
import { isMembers } from '../../core/ownJson.ts';
import { systemErrorText } from '../systemError.ts';
import type { Configuration } from './configuration.ts';
import { dataFolderProblem } from './dataFolder.ts';
import { Findings } from './findings.ts';
import { gatewaysOf, warnOfUnusedGateways } from './gatewaysOf.ts';
import { jsonMistake } from './jsonMistake.ts';
import { keysOf } from './keysOf.ts';
import { parseListenAddress } from './listenAddress.ts';
import { memberMistakes } from './memberMistakes.ts';
import { mistakeOf } from './mistakes.ts';
import { checkCollectorCertificate, otlpSettingsOf } from './otlpSettings.ts';
import { type ConfigurationFile, configurationSchema } from './schema.ts';
import { NO_HOME } from './secretSource.ts';
import { secretsInside } from './secretsInside.ts';
import { settingsOf } from './settingsOf.ts';
import { checkTimeZone } from './timeZone.ts';
import { tokensOf } from './tokensOf.ts';

export interface ReadOptions {
  /** Whether a proxy with TLS stands in front, so that tokens do not cross a network in the open. */
  readonly isBehindTls: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A configuration as it can be used, unless there are mistakes; warnings are for people to decide on. */
export interface ReadConfiguration {
  readonly configuration?: Configuration;
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

/** Where the schema has no sentence of its own, the library’s would repeat the value. */
const FALLBACK = { message: 'This does not have the form it must have.' };

/** Reads a file and all secrets that it names, and says everything that is wrong with them. Asks nobody. */
export async function readConfiguration(path: string, options: ReadOptions): Promise<ReadConfiguration> {
  const read = await readConfigurationFile(path);
  if (!('file' in read)) return { ...read, warnings: [] };
  const findings = new Findings({ folder: dirname(resolve(path)), environment: options.environment });
  const configuration = await configurationOf(read.file, findings, options);
  const { mistakes, warnings } = findings;
  return mistakes.length > 0 ? { mistakes, warnings } : { configuration, mistakes, warnings };
}

/** Reads a file alone, and none of the secrets that it names. */
export async function readConfigurationFile(
  path: string,
): Promise<{ readonly file: ConfigurationFile } | { readonly mistakes: readonly string[] }> {
  const read = await readJson(path);
  if (!('value' in read)) return read;
  const leaked = secretsInside(read.value);
  if (leaked.length > 0) return { mistakes: leaked };
  const parsed = v.safeParse(configurationSchema, read.value, FALLBACK);
  return parsed.success ? { file: parsed.output } : { mistakes: parsed.issues.map(mistakeOf) };
}

type ReadJson = { readonly value: unknown } | { readonly mistakes: readonly string[] };

async function readJson(path: string): Promise<ReadJson> {
  try {
    // Editors of Windows begin files with a byte order mark.
    return parsedJson((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // Node reads no file of more than 2 GB, and makes no text of more than half a GB.
    const why = /^ERR_(?:FS_FILE|STRING)_TOO_L/.test(code) ? 'it is too large' : systemErrorText(error);
    return one(UNREADABLE[code] ?? `The file could not be read: ${why}.`);
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a folder: name the file in it.',
  EACCES: 'This user may not read the file: ask as the user that the server has, or look at owner and mode.',
};

function parsedJson(text: string): ReadJson {
  const errors: ParseError[] = [];
  let value: unknown;
  let members: readonly string[];
  try {
    value = parse(text, errors, { allowTrailingComma: true });
    members = memberMistakes(text);
  } catch {
    return one('The file is nested more deeply than any configuration.');
  }
  const [error] = errors;
  if (error) return one(jsonMistake(text, error));
  if (!isMembers(value)) return one('The file must be one object in { }.');
  return members.length > 0 ? { mistakes: members } : { value };
}

function one(mistake: string): ReadJson {
  return { mistakes: [mistake] };
}

async function configurationOf(
  file: ConfigurationFile,
  findings: Findings,
  { isBehindTls }: ReadOptions,
): Promise<Configuration> {
  const { folder } = findings.places;
  const listen = parseListenAddress(file.listen);
  if (!listen) findings.wrong(['listen'], 'This must be an address and a port: 127.0.0.1:9633');
  else if (!listen.isLoopback && !isBehindTls)
    findings.wrong(
      ['listen'],
      'Other machines can reach this address, and tokens would cross the network in the open. Put a proxy with TLS in front of it and start with --behind-tls, or listen on 127.0.0.1.',
    );
  const data = resolve(folder, file.data);
  const dataProblem = file.data.startsWith('~/') ? NO_HOME : dataFolderProblem(data);
  if (dataProblem) findings.wrong(['data'], dataProblem);
  const { gateways, proxyLogins } = await gatewaysOf(file, findings);
  const keys = keysOf(file, gateways, findings);
  warnOfUnusedGateways(file, keys, findings);
  checkTimeZone(findings);
  const otlp = otlpSettingsOf(findings);
  if (otlp) await checkCollectorCertificate(findings, otlp);
  return {
    listen: listen ?? { host: '127.0.0.1', port: 0, isLoopback: true },
    data,
    ...tokensOf(file, keys, findings),
    withNames: file.names,
    settings: settingsOf(file, gateways, keys),
    proxyLogins,
    describedGateways: file.describedGateways,
    keys,
    otlp,
  };
}
