import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import { teamKeyId } from '../../core/team/teamAnswer.ts';
import { gatewayOf } from '../../gateways/registry.ts';

/**
 * The ids of our own keys by the ids that a server would give them, whether or not it has them. Keys whose secrets are
 * not readable here are left out.
 */
export function ownServedKeys(
  store: Store,
  salt: string | undefined,
  lookup: (keyId: string) => SecretLookup | undefined,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  if (salt === undefined) return ids;
  for (const { id, kind } of store.keys.allKeys()) {
    const bound = serverIdOf(id) === undefined && !gatewayOf(kind)?.isServer ? lookup(id) : undefined;
    if (typeof bound === 'object') ids.set(teamKeyId(salt, bound.baseUrl, bound.secret), id);
  }
  return ids;
}
