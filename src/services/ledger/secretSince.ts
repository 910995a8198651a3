import type { Store } from '../../core/ports/store.ts';

type SinceStore = Pick<Store, 'logTries' | 'states'>;

/**
 * Since when a key has its present secret, in epoch milliseconds; 0 where it had no other one of which something is known.
 * Another secret of the same account changes nothing: the account's log tells the same.
 */
export function secretSince({ logTries, states }: SinceStore, keyId: string): number {
  const former = logTries.formerSecrets(keyId);
  if (former.length === 0) return 0;
  const name = states.stateOf(keyId)?.reading?.account?.name;
  return former.find(({ account }) => account === undefined || account !== name)?.until ?? 0;
}

/**
 * From when on a gateway's answers about a key are taken in: earlier spend was erased, or belongs to another secret.
 */
export function takenFrom(store: SinceStore, keyId: string): number {
  return Math.max(store.logTries.takenSince(keyId), secretSince(store, keyId));
}
