import { createHash } from 'node:crypto';

/** The mark that a search for leaked secrets looks for. */
export const CANARY = 'CANARY';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

// The mark stands well inside: gateways put the first and last characters of a key into error texts and
// masked lists, and those fragments are theirs to show.
const MARK_AT = 12;

/** A marked secret, always the same for a name. New API cuts keys at `-`, so none follows the prefix. */
export function secretFor(name: string, prefix = 'sk-'): string {
  return prefix + markedText(name, 48);
}

/** A marked personal access token ("system access token") of an account. */
export function accessTokenFor(account: string): string {
  return markedText(`access token of ${account}`, 32);
}

/** A marked CheapestInference management key of an account. */
export function managementKeyFor(account: string): string {
  return secretFor(`management key of ${account}`, 'mk_');
}

/** A marked proxy password, for tests of transports. */
export function passwordFor(name: string): string {
  return markedText(`password of ${name}`, 24);
}

function markedText(seed: string, length: number): string {
  const bytes = createHash('sha512').update(seed).digest();
  let text = '';
  for (let i = 0; i < length; i++) text += ALPHABET[(bytes[i] ?? 0) % ALPHABET.length];
  return text.slice(0, MARK_AT) + CANARY + text.slice(MARK_AT + CANARY.length);
}
