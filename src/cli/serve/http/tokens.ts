import { createHash, timingSafeEqual } from 'node:crypto';

/** Whoever may ask, by the digest of the token. */
export interface TokenHolder<Holder> {
  readonly digest: Buffer;
  readonly holder: Holder;
}

export function tokenHolder<Holder>(token: string, holder: Holder): TokenHolder<Holder> {
  return { digest: digestOf(token), holder };
}

/** Longer than any token, so that a long text is not digested for nothing. */
const MAX_LENGTH = 4096;
const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/** The token of an `Authorization` header; undefined where it has another form. */
export function bearerToken(header: string | undefined): string | undefined {
  return header !== undefined && header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
}

/**
 * Whose token it is. Digests are compared, each with all of them and to the end: how long it takes says nothing about a
 * token.
 */
export function holderOf<Holder>(token: string, holders: readonly TokenHolder<Holder>[]): Holder | undefined {
  const digest = digestOf(token);
  let found: Holder | undefined;
  for (const each of holders) if (timingSafeEqual(each.digest, digest)) found = each.holder;
  return found;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
