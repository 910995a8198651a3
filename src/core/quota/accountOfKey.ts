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
  return account.kind === key.kind && domainOf(account.origin) === domainOf(key.origin);
}

/** The last two parts of a name; an address in numbers, or a port, has none that are shared. */
export function domainOf(origin: string): string {
  const { host } = new URL(origin);
  return /[a-z]$/i.test(host) ? host.split('.').slice(-2).join('.') : host;
}
