import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, membersAt } from './jsonMembers.ts';

/** Finds keys in Cline's `settings/providers.json`. Undefined for JSON of another form. */
export function parseClineProviders(json: unknown): FoundKey[] | undefined {
  const providers = Object.entries(membersAt(json, 'providers')).filter(
    ([, value]) => Object.keys(membersAt(value, 'settings')).length > 0,
  );
  if (providers.length === 0) return undefined;
  return providers.flatMap(([id, value]) => {
    const settings = membersAt(value, 'settings');
    const secret = firstText(settings, 'apiKey');
    if (secret === undefined) return [];
    const provider = firstText(settings, 'provider') ?? id;
    return [{ secret, name: provider, address: firstText(settings, 'baseUrl') ?? addressOfVendor(provider) }];
  });
}

/** What a key of Cline's older `secrets.json` is called there, and what its address is called in the other file. */
const OLD_KEYS: readonly { readonly key: string; readonly provider: string; readonly address?: string }[] = [
  { key: 'openAiApiKey', provider: 'openai-compatible', address: 'openAiBaseUrl' },
  { key: 'openRouterApiKey', provider: 'openrouter' },
  { key: 'apiKey', provider: 'anthropic', address: 'anthropicBaseUrl' },
  { key: 'liteLlmApiKey', provider: 'litellm', address: 'liteLlmBaseUrl' },
  { key: 'deepSeekApiKey', provider: 'deepseek' },
  { key: 'moonshotApiKey', provider: 'moonshot' },
  { key: 'zaiApiKey', provider: 'zai' },
  { key: 'minimaxApiKey', provider: 'minimax' },
  { key: 'aihubmixApiKey', provider: 'aihubmix', address: 'aihubmixBaseUrl' },
  { key: 'vercelAiGatewayApiKey', provider: 'vercel-ai-gateway' },
  { key: 'requestyApiKey', provider: 'requesty', address: 'requestyBaseUrl' },
  { key: 'xaiApiKey', provider: 'xai' },
];

/** Whether JSON is of that form. An `apiKey` alone is in JSON of many others, where it is of no vendor. */
export function isClineSecrets(json: unknown): boolean {
  return OLD_KEYS.some(({ key }) => key !== 'apiKey' && firstText(membersAt(json), key) !== undefined);
}

/**
 * Finds keys in Cline's older `secrets.json`. The addresses stand in another file and are no more
 * than suggestions. Undefined for JSON of another form.
 */
export function parseClineSecrets(json: unknown, addresses?: unknown): FoundKey[] | undefined {
  const secrets = membersAt(json);
  const state = membersAt(addresses);
  const found = OLD_KEYS.flatMap(({ key, provider, address }) => {
    const secret = firstText(secrets, key);
    if (secret === undefined) return [];
    const suggestedAddress = address === undefined ? undefined : firstText(state, address);
    return [
      {
        secret,
        name: provider,
        ...(suggestedAddress === undefined ? { address: addressOfVendor(provider) } : { suggestedAddress }),
      },
    ];
  });
  return found.length > 0 ? found : undefined;
}
