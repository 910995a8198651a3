import { createHash } from 'node:crypto';
import type { CredentialType } from '../quota/key.ts';

/** A pasted secret made fit for a header, or why it cannot be used. The problem never quotes the secret. */
export type ParsedSecret =
  | { readonly secret: string; readonly problem?: never }
  | { readonly secret?: never; readonly problem: SecretProblem };

export type SecretProblem = 'empty' | 'unprintable' | 'too-long';

/** Far above any real credential, far below what a header may carry. */
const MAX_LENGTH = 4096;

/** Trims, drops a pasted `Authorization:` or `Bearer`, and refuses what no header can carry. */
export function parseSecret(text: string): ParsedSecret {
  const secret = text
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer(?:\s+|$)/i, '')
    .trim();
  if (secret === '') return { problem: 'empty' };
  if (secret.length > MAX_LENGTH) return { problem: 'too-long' };
  return /^[\x21-\x7e]+$/.test(secret) ? { secret } : { problem: 'unprintable' };
}

/** A short digest that tells the same key entered twice; useless for finding the secret. */
export function fingerprintOf(origin: string, secret: string): string {
  return createHash('sha256').update(`${origin}\n${secret}`).digest('hex').slice(0, 16);
}

/** What a secret's looks say it is; undefined when they say nothing. */
export function shapeOf(secret: string): 'key' | 'management' | 'token' | undefined {
  if (/^sk[-_]/.test(secret)) return 'key';
  if (/^mk_/.test(secret)) return 'management';
  return /^[A-Za-z0-9+/=]{29,32}$/.test(secret) ? 'token' : undefined;
}

const SHAPE = {
  apiKey: 'key',
  queryKey: 'key',
  managementKey: 'management',
  accessToken: 'token',
} as const satisfies Record<CredentialType, string>;

/** Whether a secret looks like another type of credential than it was entered as. */
export function looksLikeAnother(secret: string, type: CredentialType): boolean {
  const shape = shapeOf(secret);
  return shape !== undefined && shape !== SHAPE[type];
}
