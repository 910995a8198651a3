import type { Store } from '../../core/ports/store.ts';
import { isAccountCredential } from '../../core/quota/accountOfKey.ts';
import { SECOND_MS } from '../../core/time.ts';

/**
 * Keeps what a key has spent so far when its secret is replaced; the new secret counts from `now` on. A record belongs
 * to the key, whatever its secret. Called inside a transaction, before the secret's fingerprint and the key's state are
 * changed.
 */
export function replaceSecretInLedger(store: Store, keyId: string, fingerprint: string, now: number): void {
  const key = store.keys.findKey(keyId);
  if (!key || key.fingerprint === fingerprint) return;
  const { reading } = store.states.stateOf(keyId) ?? {};
  const [last] = store.logTries.formerSecrets(keyId);
  store.ledger.carryOn(keyId, fingerprint);
  if (reading || wasReadSince(store, keyId, last?.until ?? 0, now)) {
    const account = isAccountCredential(key.credential) ? reading?.account?.name : undefined;
    store.logTries.saveFormerSecret(keyId, { until: now, fingerprint: key.fingerprint, account });
    return;
  }
  // Nothing is known of a secret that never worked: the one before it lasted until now, or goes on.
  if (!last) return;
  store.logTries.removeFormerSecret(keyId, last.until);
  if (last.fingerprint !== fingerprint) store.logTries.saveFormerSecret(keyId, { ...last, until: now });
}

/** Whether a key was read with its present secret; its state may have been cleared meanwhile. */
function wasReadSince({ history }: Store, keyId: string, since: number, now: number): boolean {
  return history.historyRows(keyId, since + SECOND_MS, now).length > 0;
}
