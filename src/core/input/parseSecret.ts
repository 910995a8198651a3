import { parsePastedSecret } from './pastedSecret.ts';

/** A normalized secret that fits into a header, or why there is none. The problem never quotes the secret. */
export type ParsedSecret =
  | { readonly secret: string; readonly problem?: never }
  | { readonly secret?: never; readonly problem: SecretProblem };

/**
 * Why a text is no secret: nothing left, characters that no header can carry, too long, or a masked or
 * placeholder key.
 */
export type SecretProblem = 'empty' | 'unprintable' | 'too-long' | 'masked';

/** Longer than any real credential, shorter than the limit of a header. */
const MAX_LENGTH = 4096;
/** The longest text that is parsed, with what was copied around the secret. */
const MAX_PASTED_LENGTH = 4 * MAX_LENGTH;

/** A user with a password, of any characters, or that there is nothing to log in with. */
const LOGIN = /^(?:none|[^\s:"'`]+:\S+)$/;

/**
 * Parses a pasted secret: removes what was copied along (`Authorization: Bearer`, `OPENAI_API_KEY=`, quotes,
 * a comma), and refuses what cannot be sent in a header. With `takesLogin`, see `Gateway.takesLogin`, a login stays as it is.
 */
export function parseSecret(text: string, takesLogin = false): ParsedSecret {
  if (text.length > MAX_PASTED_LENGTH) return { problem: 'too-long' };
  const isLogin = takesLogin && LOGIN.test(text.trim());
  const { text: secret, isMasked } = isLogin
    ? { text: text.trim(), isMasked: false }
    : parsePastedSecret(text);
  if (isMasked) return { problem: 'masked' };
  if (secret === '') return { problem: 'empty' };
  if (secret.length > MAX_LENGTH) return { problem: 'too-long' };
  return /^[\x21-\x7e]+$/.test(secret) ? { secret } : { problem: 'unprintable' };
}
