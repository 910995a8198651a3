import { CANARY } from './secrets.ts';
import type { Holdings } from './state/holdings.ts';
import type { Call } from './wire/call.ts';

const MARKED = new RegExp(`[\\w-]*${CANARY}[\\w-]*`, 'g');

/** All that came with a request, less the secrets that this gateway gave out itself or was to be tried with. */
export function withoutOwnSecrets(holdings: Holdings, { method, path, search, headers, body }: Call): string {
  const everything = [method, path, search, body, ...Object.entries(headers).flat(2)].join('\n');
  return everything.replaceAll(MARKED, word => (isOwnSecret(word, holdings) ? '' : word));
}

function isOwnSecret(word: string, holdings: Holdings): boolean {
  const bare = word.replace(/^sk-/, '').split('-')[0] ?? '';
  return (
    holdings.keyBySecret(word) !== undefined ||
    holdings.keyBySecret(bare) !== undefined ||
    holdings.accountByAccessToken(word) !== undefined ||
    holdings.accountByManagementKey(word) !== undefined ||
    holdings.unknownSecrets.has(word)
  );
}
