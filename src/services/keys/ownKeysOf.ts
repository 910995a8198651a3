import { secretsListedAs } from '../../core/input/listedSecret.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { hasAbility } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';

interface OwnKeys {
  /** Those that may be in the account's list. */
  readonly ids: readonly string[];
  /** See `GatewayContext.ownKeysLike`. */
  readonly like?: (listedText: string) => readonly string[];
}

/**
 * Our own API keys that an account may list: those of its site whose secrets are readable here. None for a credential
 * that lists no keys.
 */
export function ownKeysOf(
  store: Store,
  account: KeyRecord,
  gateway: Gateway,
  lookup: (keyId: string) => SecretLookup | undefined,
): OwnKeys {
  if (!hasAbility(gateway, account.credential, 'keyList')) return { ids: [] };
  const secrets = new Map<string, string>();
  for (const { id, credential } of store.keys.keysOfSite(account.kind, account.baseUrl)) {
    if (credential !== 'apiKey') continue;
    const bound = lookup(id);
    if (typeof bound === 'object' && bound.baseUrl === account.baseUrl) secrets.set(id, bound.secret);
  }
  return { ids: [...secrets.keys()], like: secrets.size === 0 ? undefined : secretsListedAs(secrets) };
}
