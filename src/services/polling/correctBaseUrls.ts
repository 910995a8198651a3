import type { Log } from '../../core/ports/log.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * A secret is only sent to the base URL it was stored with, whatever the record says. The record is corrected, so
 * that people see that base URL, calls are counted for it, and a replaced secret is bound to it too. Returns whether there
 * was one to correct.
 */
export function correctBaseUrls(
  { store, log }: { readonly store: Store; readonly log: Log },
  entries: readonly PolledKey[],
  lookup: (keyId: string) => SecretLookup | undefined,
): boolean {
  const wrong = entries.flatMap(({ key }) => {
    const bound = lookup(key.id);
    return typeof bound === 'object' && bound.baseUrl !== key.baseUrl
      ? [{ key, baseUrl: bound.baseUrl }]
      : [];
  });
  if (wrong.length === 0) return false;
  store.transaction(() => {
    for (const { key, baseUrl } of wrong) store.keys.setBaseUrl(key.id, baseUrl);
  });
  for (const { key, baseUrl } of wrong)
    log.warn(`The record of “${key.label}” named ${key.baseUrl}, and its secret belongs to ${baseUrl}.`);
  return true;
}
