import type { FailureClass, FailureReason } from '../quota/failure.ts';
import type { CredentialType } from '../quota/key.ts';
import type { SpendInUnit } from '../quota/keyState.ts';
import type { CountedReading, Reading } from '../quota/reading.ts';

/** A key that a server of a team watches, as it tells of it. Times are by the clock of this computer. */
export interface ServedKey {
  /** What the server calls it, in answer after answer. */
  readonly id: string;
  readonly label: string;
  readonly credential?: CredentialType;
  readonly reading?: Reading;
  readonly failure?: { readonly class: FailureClass; readonly reason: FailureReason };
  /** When the server last asked its gateway, epoch milliseconds. */
  readonly checkedAt?: number;
  /** How often the server asks, in milliseconds. */
  readonly everyMs?: number;
  readonly spend?: SpendInUnit;
}

/** The keys in one answer of a server. */
export interface Served {
  readonly keys: readonly ServedKey[];
  /** Whether all could be read. */
  readonly isWhole: boolean;
  /** Whether keys that are not told of any more are kept, since what they came from may be down. */
  readonly keepsAll?: boolean;
  /** See `TeamAnswer.salt`; absent where the ids say nothing of a secret. */
  readonly salt?: string;
}

/** What a check of a server brings. */
export interface ServerReading extends CountedReading {
  /** Absent where the answer has not changed. */
  readonly served?: Served;
}

/** Our own ids never have it. */
const SEPARATOR = '~';

/** The id of the record of a served key. */
export function servedKeyId(serverId: string, id: string): string {
  return `${serverId}${SEPARATOR}${id}`;
}

/** The id of the server's record; undefined for a key of one's own. */
export function serverIdOf(keyId: string): string | undefined {
  const at = keyId.indexOf(SEPARATOR);
  return at < 0 ? undefined : keyId.slice(0, at);
}

/** The failure of a key that its server no longer tells of. */
export const NOT_SERVED = { class: 'transient', reason: 'missing-figures' } as const;

export function isNotServed(failure: ServedKey['failure']): boolean {
  return failure?.class === NOT_SERVED.class && failure.reason === NOT_SERVED.reason;
}

/** When a key is due that is never asked from here: the last moment that `Date` knows. */
export const NEVER_DUE = 8.64e15;
