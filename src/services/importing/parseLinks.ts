import { isMembers } from '../../core/ownJson.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, membersAt } from './jsonMembers.ts';
import { parseCodexConfig } from './parseCodex.ts';
import { parseJson } from './parseJson.ts';

/** Links by which programs pass on a key. They contain the secret, so they are parsed here and never opened. */
const LINKS =
  /(?:(?:ccswitch|cherrystudio|aionui|deepchat|opencat|ama):\/\/|ai-provider:v1:|https?:\/\/)[^\s"'`<>]+/gi;
const SETTINGS = /[?&#]settings=([^&\s]+)/;
/** Each program's key, with the address that is its own. */
const VARIABLES = [
  { keys: ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'], address: 'ANTHROPIC_BASE_URL' },
  { keys: ['GEMINI_API_KEY'], address: 'GOOGLE_GEMINI_BASE_URL' },
  { keys: ['OPENAI_API_KEY'], address: 'OPENAI_BASE_URL' },
] as const;
const SHARED_CODE = /^ai-provider:v1:/i;

/** Finds keys in links and share codes: of CC Switch, Cherry Studio, Kelivo, NextChat, LobeChat and their relatives. */
export function parseLinks(text: string): FoundKey[] {
  return [...text.matchAll(LINKS)].flatMap(([link]) => parseLink(link));
}

function parseLink(link: string): FoundKey[] {
  if (SHARED_CODE.test(link)) return fromMembers(decodeMembers(link.replace(SHARED_CODE, '')));
  const settings = SETTINGS.exec(link)?.[1];
  if (settings !== undefined) return fromSettings(parseJson(decode(settings)));
  const url = URL.parse(link);
  if (!url) return [];
  const value = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  switch (url.protocol) {
    case 'ccswitch:':
      return fromCcSwitch(value);
    case 'cherrystudio:':
    case 'aionui:':
    case 'deepchat:':
      return fromMembers(decodeMembers(value('data') ?? ''));
    case 'opencat:':
      return keyOf(value('token'), value('domain'));
    case 'ama:':
      return keyOf(value('key'), value('server'));
    default:
      return [];
  }
}

function fromCcSwitch(value: (name: string) => string | undefined): FoundKey[] {
  const secret = value('apiKey');
  const name = value('name');
  // Alternative addresses follow a comma.
  const address = value('endpoint')?.split(',')[0]?.trim() || undefined;
  const config = value('config');
  const own = secret ? keyOf(secret, address, name) : [];
  if (own.length > 0 || config === undefined) return own;
  const decoded = decodeText(config);
  const inside =
    value('configFormat') === 'toml' ? parseCodexConfig(decoded) : fromSettings(parseJson(decoded));
  return inside.map(key => ({ ...key, name: name ?? key.name, address: key.address ?? address }));
}

/** `{ key, url }` of NextChat, `{ keyVaults: { openai: { apiKey, baseURL } } }` of LobeChat, `{ env: {…} }` of Claude Code. */
function fromSettings(settings: unknown): FoundKey[] {
  const vaults = Object.values(membersAt(settings, 'keyVaults')).flatMap(vault => fromMembers(vault));
  const env = membersAt(settings, 'env');
  const ofEnv = VARIABLES.flatMap(({ keys, address }) =>
    keyOf(firstText(env, ...keys), firstText(env, address)),
  );
  return [...vaults, ...ofEnv, ...fromMembers(settings)];
}

function fromMembers(value: unknown): FoundKey[] {
  if (!isMembers(value)) return [];
  const address = firstText(value, 'baseUrl', 'baseURL', 'url', 'apiHost', 'endpoint');
  return keyOf(firstText(value, 'apiKey', 'key'), address, firstText(value, 'name'));
}

function keyOf(secret: string | undefined, address?: string, name?: string): FoundKey[] {
  return secret === undefined ? [] : [{ secret, address, name }];
}

function decodeMembers(encoded: string): unknown {
  return parseJson(decodeText(decode(encoded)));
}

/** Base64 or base64url of UTF-8. */
function decodeText(encoded: string): string {
  // A `+` in a query is read as a space.
  return Buffer.from(encoded.replaceAll(' ', '+'), 'base64').toString('utf8');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
