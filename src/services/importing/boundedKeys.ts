import { type FoundKey, UnreadableFileError } from './foundKey.ts';

/** Each key is a line to tick, and a secret that is looked for in every text from then on. */
const MAX_KEYS = 1000;

/** The keys of one source. @throws UnreadableFileError where nobody could have that many. */
export function boundedKeys(keys: FoundKey[]): FoundKey[] {
  if (new Set(keys.map(({ secret }) => secret)).size > MAX_KEYS) throw new UnreadableFileError('too-large');
  return keys;
}
