import type { GatewayContext } from '../gatewayContext.ts';

interface Tagged {
  readonly tag: string;
  /** When the reading of the tagged answer was taken, ISO 8601. */
  readonly takenAt: string;
}

/**
 * The tags of answers, by the hash of a token. Kept in memory only: a server could put the token that it was sent into
 * a tag.
 */
const tags = new Map<string, Tagged>();
const MAX_TAGS = 100;
const FORM = /^(?:W\/)?"[\x21\x23-\x7e]{1,100}"$/;

/** The tag of the answer that the last reading came from; undefined where another window has read the key since. */
export function tagOf({ keyHash = '', lastReading }: GatewayContext): string | undefined {
  const known = tags.get(keyHash);
  return known && known.takenAt === lastReading?.takenAt ? known.tag : undefined;
}

/** Keeps the tag of an answer with the time of its reading, ISO 8601; forgets the last one where it has none. */
export function noteTag({ keyHash }: GatewayContext, tag: unknown, takenAt: string): void {
  if (keyHash === undefined) return;
  tags.delete(keyHash);
  if (typeof tag !== 'string' || !FORM.test(tag)) return;
  const [oldest] = tags.keys();
  if (tags.size >= MAX_TAGS && oldest !== undefined) tags.delete(oldest);
  tags.set(keyHash, { tag, takenAt });
}
