import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import { CREDENTIAL_TYPES } from '../../core/quota/key.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { STATUSES } from '../../core/quota/statusName.ts';
import { MAX_ANSWER_BYTES, TEAM_SCHEMA } from '../../core/team/teamAnswer.ts';
import { redactor } from '../../redaction/redactor.ts';
import { parseStored, SHAPES } from '../../store/storedShape.ts';
import { defaultSettings } from '../defaultSettings.ts';
import { createServerTransports } from '../serve/serverTransports.ts';
import { systemErrorText } from '../systemError.ts';
import { UsageError } from '../usageError.ts';
import { serverTroubleText } from './serverTrouble.ts';
import { type Source, SourceError } from './source.ts';

const keySchema = v.looseObject({
  id: v.string(),
  label: v.string(),
  kind: v.string(),
  origin: v.pipe(v.string(), v.url()),
  baseUrl: v.optional(v.pipe(v.string(), v.url())),
  pinned: v.boolean(),
  credential: v.picklist(CREDENTIAL_TYPES),
  status: v.picklist(STATUSES),
  reading: v.optional(v.custom<KeyState['reading']>(isReading)),
  failure: v.optional(v.looseObject({ class: v.string(), message: v.string() })),
});
const answerSchema = v.object({
  schema: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  keys: v.array(v.unknown()),
});

function isReading(value: unknown): boolean {
  return parseStored(JSON.stringify(value), SHAPES.reading) !== undefined;
}

/** Why a file gave no token. */
const NO_TOKEN_FILE: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: file => `There is no file ${file}.`,
  EACCES: file => `This user may not read ${file}.`,
  EISDIR: file => `${file} is a folder.`,
};

/** Reads the token of a server from the environment or a file. */
export async function readToken(file: string | undefined, environment: NodeJS.ProcessEnv): Promise<string> {
  const token =
    file === undefined
      ? environment.KEY_QUOTA_TOKEN
      : await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
          throw new UsageError(
            NO_TOKEN_FILE[error.code ?? '']?.(file) ??
              `${file} could not be read: ${systemErrorText(error)}.`,
          );
        });
  const trimmed = token?.trim() ?? '';
  if (trimmed === '')
    throw new UsageError('A server needs a token: in KEY_QUOTA_TOKEN, or in a file by --token-file.');
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    throw new UsageError('The token has blanks, a second line or other characters in it that no token has.');
  redactor.protect(trimmed);
  return trimmed;
}

/** What may be pasted behind the address: the paths that the server answers at. */
const OWN_PATH = /(?:\/(?:v1(?:\/keys)?|metrics|healthz))?\/*$/;

/** Reads the keys that the token may see from a team's server. @throws SourceError. */
export async function readServer(address: string, token: string): Promise<Source> {
  const url = URL.parse(`${address.replace(OWN_PATH, '')}/v1/keys`);
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new UsageError(
      '--server needs an address: https://host:port, or http://127.0.0.1:9633 on the server’s own machine',
    );
  const route = { settings: defaultSettings, proxyLogins: new Map() };
  const { transport, close } = createServerTransports(route, process.env);
  try {
    const { status, text } = await transport({
      url,
      headers: { authorization: `Bearer ${token}` },
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (status === 403)
      throw new SourceError(
        `${url.host} refuses the token here: it may be a scraper’s, and a reader’s is wanted.`,
      );
    if (status === 401) throw new SourceError(`${url.host} does not know the token.`);
    if (status !== 200)
      throw new SourceError(
        `${url.host} answered with status ${status}. ${status >= 500 ? 'Its log says why.' : 'Look at the address: is that a server of Key Quota?'}`,
      );
    return sourceFrom(url.host, text);
  } catch (error) {
    throw error instanceof GatewayError
      ? new SourceError(serverTroubleText(url.host, error.failure.reason))
      : error;
  } finally {
    await close();
  }
}

function sourceFrom(host: string, text: string | undefined): Source {
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), answerSchema), text);
  if (!answer.success) throw new SourceError(`${host} does not answer as a server of Key Quota.`);
  const { schema, at, keys } = answer.output;
  if (schema !== TEAM_SCHEMA)
    throw new SourceError(
      `${host} speaks another version (${schema.slice(0, 60)}) than this command: update it.`,
    );
  const states = keys.flatMap(key => {
    const parsed = v.safeParse(keySchema, key);
    return parsed.success ? [parsed.output as KeyState] : [];
  });
  if (states.length < keys.length)
    throw new SourceError(`${host} tells of keys what this command cannot read: update it.`);
  return { title: host, keys: states, now: Date.parse(at) };
}
