import { parsePastedSecret } from './pastedSecret.ts';

/** A pasted secret made fit for a header, or why it cannot be used. The problem never quotes the secret. */
export type ParsedSecret =
  | { readonly secret: string; readonly problem?: never }
  | { readonly secret?: never; readonly problem: SecretProblem };

export type SecretProblem = 'empty' | 'unprintable' | 'too-long' | 'masked';

/** Far above any real credential, far below what a header may carry. */
const MAX_LENGTH = 4096;
/** Above what stands around a credential in any file that is pasted whole. */
const MAX_PASTED_LENGTH = 4 * MAX_LENGTH;

/**
 * Drops what was copied along (`Authorization: Bearer`, `OPENAI_API_KEY=`, quotes, a comma), and refuses what no
 * header can carry and what only stands for a key.
 */
export function parseSecret(text: string): ParsedSecret {
  if (text.length > MAX_PASTED_LENGTH) return { problem: 'too-long' };
  const { text: secret, isMasked } = parsePastedSecret(text);
  if (isMasked) return { problem: 'masked' };
  if (secret === '') return { problem: 'empty' };
  if (secret.length > MAX_LENGTH) return { problem: 'too-long' };
  return /^[\x21-\x7e]+$/.test(secret) ? { secret } : { problem: 'unprintable' };
}
