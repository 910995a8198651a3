import type { CredentialType } from './key.ts';

interface AtGateway {
  readonly kind: string;
  readonly origin: string;
}

/** Whether a credential is that of an account, whose figures hold those of its keys. */
export function isAccountCredential(credential: CredentialType): boolean {
  return credential !== 'apiKey';
}

/** Whether an account of one gateway may have keys at the other: both are of one kind, under one domain. */
export function mayListKey(account: AtGateway, key: AtGateway): boolean {
  return placeOf(account) === placeOf(key);
}

/** Equal for the gateways of one kind under one domain, at which an account may have keys: see `mayListKey`. */
export function placeOf({ kind, origin }: AtGateway): string {
  return `${kind} ${domainOf(origin)}`;
}

/** The last two parts of a name; an address in numbers, or a port, has none that are shared. */
export function domainOf(origin: string): string {
  const { host } = new URL(origin);
  return /[a-z]$/i.test(host) ? host.split('.').slice(-2).join('.') : host;
}
