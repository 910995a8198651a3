import { createHash } from 'node:crypto';
import type { CredentialType } from '../quota/key.ts';

/** A short digest that tells the same key entered twice; useless for finding the secret. */
export function fingerprintOf(origin: string, secret: string): string {
  return createHash('sha256').update(`${origin}\n${secret}`).digest('hex').slice(0, 16);
}

/** What a secret's looks say it is; undefined when they say nothing. */
export function detectSecretType(secret: string): 'key' | 'management' | 'token' | undefined {
  if (/^sk[-_]/.test(secret)) return 'key';
  if (/^mk_/.test(secret)) return 'management';
  return /^[A-Za-z0-9+/=]{29,32}$/.test(secret) ? 'token' : undefined;
}

const EXPECTED_TYPE = {
  apiKey: 'key',
  queryKey: 'key',
  managementKey: 'management',
  accessToken: 'token',
} as const satisfies Record<CredentialType, string>;

/** Whether a secret looks like another type of credential than it was entered as. */
export function looksLikeOtherType(secret: string, type: CredentialType): boolean {
  const shape = detectSecretType(secret);
  return shape !== undefined && shape !== EXPECTED_TYPE[type];
}
