import type { FoundKey } from './foundKey.ts';
import { firstText, membersAt } from './jsonMembers.ts';
import { parseJson } from './parseJson.ts';
import { parseToml } from './parseToml.ts';

/**
 * Finds keys in Codex' `config.toml`: each provider with its address and its token, or with the name of the environment
 * variable that holds it. Empty for what is no TOML.
 */
export function parseCodexConfig(text: string): FoundKey[] {
  const config = parseToml(text);
  return Object.entries(membersAt(config, 'model_providers')).flatMap(([id, provider]) => {
    const members = membersAt(provider);
    const variable = firstText(members, 'env_key');
    const header = membersAt(members, 'http_headers');
    const secret =
      firstText(members, 'experimental_bearer_token', 'api_key') ??
      firstText(header, 'X-Api-Key', 'x-api-key', 'Authorization', 'authorization') ??
      (variable === undefined ? undefined : `{env:${variable}}`);
    if (secret === undefined) return [];
    return [{ secret, address: firstText(members, 'base_url'), name: firstText(members, 'name') ?? id }];
  });
}

/** The address that Codex' configuration gives for the key of its `auth.json`. */
export function addressInCodexConfig(text: string): string | undefined {
  const config = parseToml(text);
  const provider = firstText(membersAt(config), 'model_provider');
  const own = provider === undefined ? {} : membersAt(config, 'model_providers', provider);
  return firstText(own, 'base_url') ?? firstText(membersAt(config), 'openai_base_url', 'base_url');
}

/** Finds the key in Codex' `auth.json`; what is under `tokens` is a login and no key. */
export function parseCodexAuth(text: string, suggestedAddress?: string): FoundKey[] {
  const secret = firstText(membersAt(parseJson(text)), 'OPENAI_API_KEY');
  return secret === undefined ? [] : [{ secret, name: 'Codex', suggestedAddress }];
}
