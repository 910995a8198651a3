import * as fc from 'fast-check';
import { type FoundKey, UnreadableFileError } from '../../src/services/importing/foundKey.ts';
import { parseKeyFile } from '../../src/services/importing/parseKeyFile.ts';
import { parsePastedText } from '../../src/services/importing/parsePastedText.ts';
import { readPasted } from '../../src/services/importing/readPasted.ts';
import { sortFoundKeys } from '../../src/services/importing/sortFoundKeys.ts';
import { rejectionText, unreadableFileText } from '../../src/text/importing.ts';
import { type Target, target } from './target.ts';
import { longTexts, names, texts } from './texts.ts';

const values = fc.constantFrom(
  'sk-aaaa1111bbbb2222cccc',
  'https://one.example/v1',
  'http://127.0.0.1:15721',
  '$HOME',
  '{env:KEY}',
  'your-api-key',
  'sk-…',
  '',
  '0',
);

/** Names that mean something in one of the formats. */
const members = fc.constantFrom(
  ...[
    'apiKey',
    'api_key',
    'baseUrl',
    'baseURL',
    'env',
    'options',
    'provider',
    'providers',
    'settings',
    'models',
  ],
  ...['accounts', 'account_info', 'access_token', 'site_url', 'id', 'userId', 'accessToken', 'name', 'key'],
  ...['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'A_KEY', 'A_URL', 'model_list', 'litellm_params', 'type'],
  ...['localStorage', 'persist:cherry-studio', 'providerProfiles', 'apiConfigs', 'constructor', '__proto__'],
);

const records = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    values,
    fc.anything(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(members, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const lines = fc
  .array(
    fc.oneof(
      values,
      texts,
      fc.tuple(members, values).map(pair => pair.join('=')),
    ),
    { maxLength: 8 },
  )
  .map(list => list.join('\n'));

const files = fc.record({
  name: fc.constantFrom('a.json', 'a.yaml', 'a.toml', '.env', 'a.zip', 'a'),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.oneof(lines, records.map(jsonOf)).map(text => new TextEncoder().encode(text)),
  ),
});

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

const PARTS = {
  environment: { HOME: 'sk-of-the-environment', KEY: 'sk-of-the-environment' },
  isPlainHttpAllowed: () => false,
  keys: [],
};

/** What is found, sorted as for the list; a file of somebody else's that names a variable never gets its value. */
function offered(keys: readonly FoundKey[]) {
  const source = { title: 'made up', keys, isOwnFile: false };
  return sortFoundKeys([source], { ...PARTS, presentAs: () => undefined }).candidates;
}

function problemIn(candidates: ReturnType<typeof offered>): string | undefined {
  for (const { secret, baseUrl } of candidates) {
    if (secret === undefined) continue;
    if (secret === 'sk-of-the-environment') return 'a value of the environment was taken';
    if (!/^[\x21-\x7e]{1,4096}$/.test(secret)) return 'no header can carry it';
    if (baseUrl !== undefined && !URL.canParse(baseUrl)) return `${baseUrl} is no base URL`;
  }
  return undefined;
}

/** What reads pasted text and files of other programs, and what says why something is left out. */
export const importTargets: readonly Target[] = [
  target(
    'pasted text with keys',
    'parser',
    fc.oneof(lines, longTexts, records.map(jsonOf)),
    text => offered(parsePastedText(text)),
    problemIn,
  ),
  target(
    'what is pasted to add a key',
    'parser',
    fc.oneof(lines, longTexts, records.map(jsonOf)),
    text => readPasted(text, { ...PARTS, redactor: { protect: () => undefined, redact: each => each } }),
    pasted => ('key' in pasted ? problemIn([pasted.key]) : undefined),
  ),
  target(
    'files with keys',
    'parser',
    files,
    ({ name, bytes }) => {
      try {
        return offered(parseKeyFile(name, bytes));
      } catch (error) {
        if (error instanceof UnreadableFileError) return [];
        throw error;
      }
    },
    problemIn,
  ),
  target(
    'why an import leaves something out',
    'renderer',
    fc.tuple(
      names,
      fc.constantFrom('placeholder', 'reference', 'unset-variable', 'login', 'bad-address', 'not-a-key'),
      fc.constantFrom('encrypted', 'damaged', 'too-large', 'not-readable'),
    ),
    ([name, reason, unreadable]) => rejectionText(reason, name) + unreadableFileText(name, unreadable),
    text => (text.includes('undefined') ? 'undefined is shown' : undefined),
  ),
];
