import type { FoundKey } from './foundKey.ts';
import { firstText, listAt, membersAt } from './jsonMembers.ts';
import { parseJson } from './parseJson.ts';

/** Commas divide keys; one that belongs to a key has a backslash before it. */
const BETWEEN_KEYS = /(?<!\\),/;

/**
 * Finds keys in the `data.json` of a Cherry Studio backup, where JSON stands as text in JSON as text. One provider may
 * have several keys. Undefined for JSON of another form.
 */
export function parseCherryStudio(json: unknown): FoundKey[] | undefined {
  const persisted = firstText(membersAt(json, 'localStorage'), 'persist:cherry-studio');
  if (persisted === undefined) return undefined;
  const state = parseJson(firstText(membersAt(parseJson(persisted)), 'llm') ?? '');
  return listAt(state, 'providers').flatMap(value => {
    const provider = membersAt(value);
    const secrets = (firstText(provider, 'apiKey') ?? '').split(BETWEEN_KEYS);
    // A `#` at the end says that nothing is to be added to the address.
    const address = firstText(provider, 'apiHost')?.replace(/#$/, '');
    return secrets
      .map(secret => secret.replaceAll('\\,', ',').trim())
      .filter(secret => secret !== '')
      .map(secret => ({ secret, address, name: firstText(provider, 'name', 'id') }));
  });
}
