import { type BaseUrl, mountPathOf } from '../input/baseUrl.ts';
import type { CredentialType } from './key.ts';

interface AtGateway {
  readonly kind: string;
  readonly baseUrl: BaseUrl;
}

/** Whether a credential is that of an account, whose figures hold those of its keys. */
export function isAccountCredential(credential: CredentialType): boolean {
  return credential !== 'apiKey';
}

/** Whether an account of one gateway may have keys at the other: both are of one kind, under one domain and one path. */
export function mayListKey(account: AtGateway, key: AtGateway): boolean {
  return placeOf(account) === placeOf(key);
}

/** Equal for the gateways of one kind at one place, at which an account may have keys: see `mayListKey`. */
export function placeOf({ kind, baseUrl }: AtGateway): string {
  return `${kind} ${domainAndPathOf(baseUrl)}`;
}

/**
 * The last two parts of a name (an address in numbers, or a port, has none that are shared) and the path: below another path of
 * a host is another server.
 */
export function domainAndPathOf(baseUrl: BaseUrl): string {
  const known = places.get(baseUrl);
  if (known !== undefined) return known;
  const { host } = new URL(baseUrl);
  const domain = /[a-z]$/i.test(host) ? host.split('.').slice(-2).join('.') : host;
  const place = domain + mountPathOf(baseUrl);
  places.set(baseUrl, place);
  return place;
}

/** By base URL: each of a thousand keys asks whenever a sum is made, and there are no more than keys were added at. */
const places = new Map<BaseUrl, string>();
