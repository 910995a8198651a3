import { isMembers } from '../../core/ownJson.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, idText, type Members } from './jsonMembers.ts';
import { pairEnvironment } from './pairEnvironment.ts';

const SECRET_NAMES = [
  'apiKey',
  'api_key',
  'apikey',
  'key',
  'secret',
  'token',
  'authToken',
  'auth_token',
] as const;
const ACCESS_TOKEN_NAMES = ['accessToken', 'access_token'] as const;
const ADDRESS_NAMES = [
  ...['baseUrl', 'baseURL', 'base_url', 'apiBase', 'api_base', 'apiHost', 'api_host', 'endpoint'],
  ...['site_url', 'siteUrl', 'origin', 'url', 'host', 'address', 'server'],
] as const;
const LABEL_NAMES = ['label', 'name', 'title', 'id', 'provider'] as const;

const MAX_DEPTH = 12;
const MAX_OBJECTS = 50_000;

/**
 * Finds keys in JSON of a form that is not known otherwise: an object that has a key, with the address that the same
 * object has. An object of environment variables counts as one record too.
 */
export function parseRecords(json: unknown): FoundKey[] {
  const found: FoundKey[] = [];
  let objects = 0;
  const visit = (value: unknown, depth: number, nameOutside?: string) => {
    if (depth > MAX_DEPTH || objects > MAX_OBJECTS) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    if (!isMembers(value)) return;
    objects++;
    found.push(...keysOfRecord(value, nameOutside));
    for (const [name, member] of Object.entries(value)) visit(member, depth + 1, name);
  };
  visit(json, 0);
  return found;
}

function keysOfRecord(record: Members, nameOutside: string | undefined): FoundKey[] {
  const address = firstText(record, ...ADDRESS_NAMES);
  const name = firstText(record, ...LABEL_NAMES) ?? nameOutside;
  const apiKey = firstText(record, ...SECRET_NAMES);
  const userId = idText(record.userId ?? record.user_id);
  const accessToken = firstText(record, ...ACCESS_TOKEN_NAMES);
  const found: FoundKey[] = [];
  if (apiKey !== undefined) found.push({ secret: apiKey, address, name });
  // Without an account's id beside it, “access token” may be a login of any kind.
  if (accessToken !== undefined && userId !== undefined)
    found.push({ secret: accessToken, address, name, credential: 'accessToken', userId });
  return found.length > 0 ? found : pairEnvironment(capitals(record));
}

/** The members that are environment variables. */
function capitals(record: Members): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter(
      (entry): entry is [string, string] =>
        /^[A-Z][A-Z0-9_]*$/.test(entry[0]) && typeof entry[1] === 'string',
    ),
  );
}
