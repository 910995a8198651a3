import type { Store } from '../../core/ports/store.ts';
import { isAccountCredential, mayListKey } from '../../core/quota/accountOfKey.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Belonging } from '../../core/usage/usageReport.ts';
import { isServer } from '../../gateways/isServer.ts';

/** Returns a function that finds the account whose figures include those of a key, or may; undefined for an account. */
export function belongingLookup({
  keys,
  accountLinks,
}: Pick<Store, 'keys' | 'accountLinks'>): (key: KeyRecord) => Belonging | undefined {
  const accounts = keys.allKeys().filter(key => isAccountCredential(key.credential) && !isServer(key));
  const links = new Map(
    accountLinks
      .allLinks()
      .flatMap(({ keyId, accountId, stands }) => (stands ? [[keyId, accountId] as const] : [])),
  );
  return key => {
    if (isAccountCredential(key.credential)) return undefined;
    const account = accounts.find(({ id }) => id === links.get(key.id));
    if (account) return { account: account.id };
    const maybe = accounts.filter(each => mayListKey(each, key)).map(({ id }) => id);
    return maybe.length > 0 ? { maybe } : {};
  };
}
