/** FNV-1a's prime. */
const PRIME = 0x01000193;
const KEY_BITS = 18;

/** A short number for an English message. Two of a file never share one: its seed is chosen for that. */
export function textKey(message: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < message.length; index++)
    hash = Math.imul(hash ^ message.charCodeAt(index), PRIME);
  return (hash ^ (hash >>> KEY_BITS)) & ((1 << KEY_BITS) - 1);
}
