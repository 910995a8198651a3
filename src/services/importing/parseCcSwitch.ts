import { kindOfSiteType } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, idText, membersAt } from './jsonMembers.ts';
import { addressInCodexConfig, parseCodexConfig } from './parseCodex.ts';
import { parseJson } from './parseJson.ts';

/** A row of CC Switch's table `providers`; each value as the database has it. */
export type CcSwitchRow = Readonly<Record<'app_type' | 'name' | 'settings_config' | 'meta', unknown>>;

const ADDRESS_NAMES = ['baseURL', 'baseUrl', 'base_url'] as const;
const SECRET_NAMES = ['apiKey', 'api_key'] as const;

/** Finds keys in the rows of CC Switch's database; the script of a row is never run. */
export function parseCcSwitch(rows: readonly CcSwitchRow[]): FoundKey[] {
  return rows.flatMap(row => {
    const name = typeof row.name === 'string' ? row.name : undefined;
    const settings = typeof row.settings_config === 'string' ? parseJson(row.settings_config) : undefined;
    const keys = keysOfSettings(String(row.app_type), settings);
    return [...keys, ...accountOf(row, keys[0]?.address)].map(key => ({ ...key, name: name ?? key.name }));
  });
}

function keysOfSettings(app: string, settings: unknown): FoundKey[] {
  if (app === 'codex' || app === 'grokbuild') return keysOfCodex(settings);
  const env = membersAt(settings, 'env');
  const members = app === 'opencode' ? membersAt(settings, 'options') : membersAt(settings);
  const secret =
    app === 'gemini'
      ? firstText(env, 'GEMINI_API_KEY', 'GOOGLE_API_KEY')
      : (firstText(
          env,
          'ANTHROPIC_AUTH_TOKEN',
          'ANTHROPIC_API_KEY',
          'OPENROUTER_API_KEY',
          'GOOGLE_API_KEY',
        ) ?? firstText(members, ...SECRET_NAMES));
  if (secret === undefined) return [];
  const address =
    firstText(env, app === 'gemini' ? 'GOOGLE_GEMINI_BASE_URL' : 'ANTHROPIC_BASE_URL') ??
    firstText(members, ...ADDRESS_NAMES);
  return [{ secret, address }];
}

/** Key and configuration stand in one row, and so belong together. */
function keysOfCodex(settings: unknown): FoundKey[] {
  const config = firstText(membersAt(settings), 'config') ?? '';
  const secret = firstText(membersAt(settings, 'auth'), 'OPENAI_API_KEY');
  if (secret !== undefined) return [{ secret, address: addressInCodexConfig(config) }];
  return parseCodexConfig(config);
}

/** The access token that a row may have for questions about the same site. */
function accountOf(row: CcSwitchRow, address: string | undefined): FoundKey[] {
  const meta = typeof row.meta === 'string' ? parseJson(row.meta) : undefined;
  const script = membersAt(meta, 'usage_script');
  const secret = firstText(script, 'accessToken');
  const userId = idText(script.userId);
  const kind = kindOfSiteType(firstText(script, 'templateType') ?? '');
  if (secret === undefined || userId === undefined || kind === undefined) return [];
  const own = firstText(script, 'baseUrl') ?? address;
  return [{ secret, address: own, kind, credential: 'accessToken', userId }];
}
