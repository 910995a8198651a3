import { createHmac } from 'node:crypto';
import type { BaseUrl } from '../input/baseUrl.ts';
import type { KeyState } from '../quota/keyState.ts';

/** The form of a team server's answer. Members may be added to it; a change of what one means is another number. */
export const TEAM_SCHEMA = 'key-quota/team/1';

/** The largest answer that is read: of eight thousand keys, each with two kilobytes. Any other server's is smaller. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** What a team server answers to `GET /v1/keys`: what is known of the keys that the asking reader may see. */
export interface TeamAnswer {
  readonly schema: typeof TEAM_SCHEMA;
  /** ISO 8601: when it was sent. Ages are computed against it, since clocks of two machines may differ. */
  readonly at: string;
  /** The server's own, by which readers recognize keys that they hold themselves; see `teamKeyId`. */
  readonly salt: string;
  /** ISO 8601: when the day of its time zone began, and on which day its months begin: by these it tells what keys spent. */
  readonly today: string;
  readonly monthBegins: number;
  readonly keys: readonly KeyState[];
}

const ID_DIGITS = 16;

/**
 * What a team server calls a key: equal for all who hold the key, and nothing to find a secret by for those who have the
 * salt alone.
 */
export function teamKeyId(salt: string, baseUrl: BaseUrl, secret: string): string {
  return createHmac('sha256', salt)
    .update(`key-quota/1\n${baseUrl}\n${secret}`)
    .digest('hex')
    .slice(0, ID_DIGITS);
}
