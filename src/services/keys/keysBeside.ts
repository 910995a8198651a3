import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isNotServed, serverIdOf } from '../../core/team/servedKey.ts';

/**
 * A text that changes when a server's whole answer is needed again: it lists the keys that are not the server's, and
 * whether they are paused, separated, have a secret here or are not told of any more. Which of the server's keys get a
 * line depends on these.
 */
export function keysBeside(
  store: Store,
  server: KeyRecord,
  lookup: (keyId: string) => SecretLookup | undefined,
): string {
  const keys = store.keys.allKeys().flatMap(({ id, fingerprint, pausedAt }) => {
    const serverId = serverIdOf(id);
    if (serverId === server.id || id === server.id) return [];
    if (serverId !== undefined) return [[fingerprint, isNotServed(store.states.stateOf(id)?.failure)].join()];
    const isSeparated = store.accountLinks.linkOf(id)?.separatedAt !== undefined;
    return [[fingerprint, pausedAt !== undefined, isSeparated, typeof lookup(id)].join()];
  });
  return keys.join('\n');
}
