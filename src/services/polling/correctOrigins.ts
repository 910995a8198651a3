import type { Log } from '../../core/ports/log.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * A secret is only sent to the origin it was stored with, whatever the record says. The record is corrected, so
 * that people see that origin, calls are counted for it, and a replaced secret is bound to it too. Returns whether there
 * was one to correct.
 */
export function correctOrigins(
  { store, log }: { readonly store: Store; readonly log: Log },
  entries: readonly PolledKey[],
  lookup: (keyId: string) => SecretLookup | undefined,
): boolean {
  const wrong = entries.flatMap(({ key }) => {
    const bound = lookup(key.id);
    return typeof bound === 'object' && bound.origin !== key.origin ? [{ key, origin: bound.origin }] : [];
  });
  if (wrong.length === 0) return false;
  store.transaction(() => {
    for (const { key, origin } of wrong) store.keys.setOrigin(key.id, origin);
  });
  for (const { key, origin } of wrong)
    log.warn(`The record of “${key.label}” named ${key.origin}, and its secret belongs to ${origin}.`);
  return true;
}
