import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';

/** Equal for as long as the same of a server's keys are lines of their own: which keys there are beside those, and can be recognized. */
export function keysBeside(
  store: Store,
  server: KeyRecord,
  lookup: (keyId: string) => SecretLookup | undefined,
): string {
  const keys = store.keys.allKeys().flatMap(({ id, fingerprint, pausedAt }) => {
    const serverId = serverIdOf(id);
    if (serverId === server.id || id === server.id) return [];
    if (serverId !== undefined) return [fingerprint];
    const isSeparated = store.accountLinks.linkOf(id)?.separatedAt !== undefined;
    return [[fingerprint, pausedAt !== undefined, isSeparated, typeof lookup(id)].join()];
  });
  return keys.join('\n');
}
