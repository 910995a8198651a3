import { baseUrlOf } from '../input/baseUrl.ts';
import { isAccountCredential } from '../quota/accountOfKey.ts';
import { ownHeadroomOf } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';

/** Equal for keys at one gateway, whose account may be one: base URL, and for a server's key the gateway's name. */
function placeOfBalance(key: KeyState): string {
  return `${key.kind} ${baseUrlOf(key)} ${key.via === undefined ? '' : key.reading?.gatewayName}`;
}

/**
 * The labels of keys that may have one balance: their gateway tells what the account has and not whose it is, so that
 * all keys of an account spend what it loses.
 */
export function sharedBalance(keys: readonly KeyState[]): readonly string[] {
  const ofAccounts = keys.filter(
    ({ credential, reading }) =>
      reading && !isAccountCredential(credential) && ownHeadroomOf(reading).from === 'account',
  );
  const places = Map.groupBy(ofAccounts, placeOfBalance);
  const shared = new Set([...places.values()].filter(({ length }) => length > 1).flat());
  return keys.filter(key => shared.has(key)).map(({ label }) => label);
}
