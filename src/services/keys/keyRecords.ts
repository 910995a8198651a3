import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { replaceSecretInLedger } from '../ledger/replaceSecretInLedger.ts';
import type { Outcome } from '../polling/check.ts';
import { checkFirst } from './checkFirst.ts';

/** A key that was checked while it was added is checked again after this time. */
const FIRST_CHECK_AFTER_MS = 2 * MINUTE_MS;

/** Writes down a new key, with what a first check brought, if there was one. Called inside a transaction. */
export function recordNewKey(store: Store, key: KeyRecord, checked: Outcome | undefined, now: number): void {
  store.keys.addKey(key);
  store.states.saveState({
    keyId: key.id,
    ...checked,
    checkedAt: checked ? now : undefined,
    failures: checked?.failure ? 1 : 0,
    dueAt: checked?.reading ? now + FIRST_CHECK_AFTER_MS : now,
  });
  if (!checked) checkFirst(store, key.id, key, now);
}

/**
 * Writes down that a key has another secret: it is checked at once, its pause ends, a running check of the old secret is
 * dropped. Called inside a transaction.
 */
export function recordNewSecret(store: Store, key: KeyRecord, fingerprint: string, now: number): void {
  replaceSecretInLedger(store, key.id, fingerprint, now);
  store.keys.setFingerprint(key.id, fingerprint);
  store.keys.setPaused(key.id, undefined);
  store.claims.endClaim(key.id);
  store.states.askThemselves(key.id, now);
  // Another secret may be of another account, or list other keys.
  store.accountLinks.endLinks(key.id);
  store.states.saveState({ keyId: key.id, failures: 0, dueAt: now });
  checkFirst(store, key.id, key, now);
}
