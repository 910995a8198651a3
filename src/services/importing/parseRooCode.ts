import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, type Members, membersAt } from './jsonMembers.ts';

/** Where a provider's key and address stand in a profile of Roo Code or Cline, by the provider. */
const FIELDS: Readonly<Record<string, { readonly key: string; readonly address?: string }>> = {
  openai: { key: 'openAiApiKey', address: 'openAiBaseUrl' },
  'openai-native': { key: 'openAiNativeApiKey', address: 'openAiNativeBaseUrl' },
  openrouter: { key: 'openRouterApiKey', address: 'openRouterBaseUrl' },
  litellm: { key: 'litellmApiKey', address: 'litellmBaseUrl' },
  anthropic: { key: 'apiKey', address: 'anthropicBaseUrl' },
  deepseek: { key: 'deepSeekApiKey', address: 'deepSeekBaseUrl' },
  moonshot: { key: 'moonshotApiKey', address: 'moonshotBaseUrl' },
  minimax: { key: 'minimaxApiKey', address: 'minimaxBaseUrl' },
  zai: { key: 'zaiApiKey' },
  'vercel-ai-gateway': { key: 'vercelAiGatewayApiKey' },
  requesty: { key: 'requestyApiKey', address: 'requestyBaseUrl' },
  poe: { key: 'poeApiKey', address: 'poeBaseUrl' },
  xai: { key: 'xaiApiKey' },
};

/**
 * Finds keys in the exported settings of Roo Code, and of Kilo Code before its version 7. A profile keeps what was
 * typed for other providers too: only its own provider's key counts. Undefined for JSON of another form.
 */
export function parseRooCode(json: unknown): FoundKey[] | undefined {
  const profiles = Object.entries(membersAt(json, 'providerProfiles', 'apiConfigs'));
  if (profiles.length === 0) return undefined;
  return profiles.flatMap(([name, value]) => {
    const profile = membersAt(value);
    const provider = firstText(profile, 'apiProvider') ?? '';
    const fields = Object.hasOwn(FIELDS, provider) ? FIELDS[provider] : undefined;
    const secret = fields && firstText(profile, fields.key);
    if (!fields || secret === undefined) return [];
    return [{ secret, name, address: addressOf(profile, provider, fields.address) }];
  });
}

function addressOf(profile: Members, provider: string, field: string | undefined): string | undefined {
  const own = field === undefined ? undefined : firstText(profile, field);
  if (own !== undefined) return own;
  if (provider === 'zai' && firstText(profile, 'zaiApiLine')?.startsWith('china'))
    return addressOfVendor('zhipu');
  return addressOfVendor(provider);
}
