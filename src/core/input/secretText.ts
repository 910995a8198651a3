import { createHash } from 'node:crypto';
import type { CredentialType } from '../quota/key.ts';

/**
 * The fingerprint of a secret at an origin: 16 hex digits of SHA-256. It finds a key that was entered twice,
 * and does not lead back to the secret.
 */
export function fingerprintOf(origin: string, secret: string): string {
  return createHash('sha256').update(`${origin}\n${secret}`).digest('hex').slice(0, 16);
}

/**
 * The type of credential that a secret's form shows: `sk-…`, `sk_…` are keys, `mk_…` management keys; `nap_…`
 * and 29 to 32 base64 characters are New API's access tokens. Undefined for other forms.
 */
export function detectSecretType(secret: string): 'key' | 'management' | 'token' | undefined {
  if (/^sk[-_]/.test(secret)) return 'key';
  if (/^mk_/.test(secret)) return 'management';
  return /^(?:nap_[A-Za-z0-9]{43}|[A-Za-z0-9+/=]{29,32})$/.test(secret) ? 'token' : undefined;
}

const EXPECTED_TYPE = {
  apiKey: 'key',
  queryKey: 'key',
  managementKey: 'management',
  accessToken: 'token',
} as const satisfies Record<CredentialType, string>;

/** The form that secrets of a type have at most gateways. */
export function expectedSecretType(type: CredentialType): ReturnType<typeof detectSecretType> {
  return EXPECTED_TYPE[type];
}

/** Whether a secret has the form of another type of credential than `type`. */
export function looksLikeOtherType(secret: string, type: CredentialType): boolean {
  const shape = detectSecretType(secret);
  return shape !== undefined && shape !== EXPECTED_TYPE[type];
}
