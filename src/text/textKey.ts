/** FNV-1a's prime. */
const PRIME = 0x01000193;
/** How many signs a key has, of 64 each. */
export const KEY_SIGNS = 3;
const KEY_BITS = 18;
const SIGN_BITS = 6;
const FIRST_SIGN = 48;

/** A short key for an English message. Two of the product's messages never share one: the seed is chosen for that. */
export function textKey(message: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < message.length; index++)
    hash = Math.imul(hash ^ message.charCodeAt(index), PRIME);
  hash ^= hash >>> KEY_BITS;
  const sign = (place: number) => FIRST_SIGN + ((hash >> (place * SIGN_BITS)) & ((1 << SIGN_BITS) - 1));
  return String.fromCharCode(sign(0), sign(1), sign(2));
}
