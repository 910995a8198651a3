import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, membersAt } from './jsonMembers.ts';

/**
 * Finds keys in the settings of opencode and of Kilo Code from its version 7 (`provider.<id>.options`). Undefined for
 * JSON of another form.
 */
export function parseOpencodeConfig(json: unknown): FoundKey[] | undefined {
  const providers = Object.entries(membersAt(json, 'provider'));
  if (!providers.some(([, value]) => Object.keys(membersAt(value, 'options')).length > 0)) return undefined;
  return providers.flatMap(([id, value]) => {
    const options = membersAt(value, 'options');
    const secret = firstText(options, 'apiKey');
    if (secret === undefined) return [];
    const address = firstText(options, 'baseURL', 'baseUrl') ?? addressOfVendor(id);
    return [{ secret, address, name: firstText(membersAt(value), 'name') ?? id }];
  });
}

/**
 * Finds keys in opencode's `auth.json`. A provider of one's own has its address in another file, which is no more than
 * a suggestion. Undefined for JSON of another form.
 */
export function parseOpencodeAuth(json: unknown, config?: unknown): FoundKey[] | undefined {
  const entries = Object.entries(membersAt(json)).map(([id, value]) => ({ id, entry: membersAt(value) }));
  const keys = entries.filter(({ entry }) => entry.type === 'api' && firstText(entry, 'key') !== undefined);
  if (keys.length === 0) return undefined;
  return keys.map(({ id, entry }) => {
    const suggestedAddress = firstText(membersAt(config, 'provider', id, 'options'), 'baseURL', 'baseUrl');
    const address = suggestedAddress === undefined ? addressOfVendor(id) : undefined;
    return { secret: firstText(entry, 'key') ?? '', name: id, address, suggestedAddress };
  });
}
