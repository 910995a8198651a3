import type { LedgerSource } from '../core/ledger/spendRecord.ts';
import type { CredentialType } from '../core/quota/key.ts';
import type { KeyMemory } from '../core/quota/keyMemory.ts';
import type { Reading } from '../core/quota/reading.ts';
import type { Site } from './site.ts';
import type { SiteNotes } from './siteNotes.ts';

/** What a credential can be used for. Commands and views offer exactly these. */
export type Ability =
  | 'quota'
  | 'account'
  | 'keyList'
  | 'accountKey'
  | 'rangeByKey'
  | 'rangeByAccount'
  | 'logs'
  | 'plans'
  | 'verify'
  | 'chat'
  | 'testCall';

/** What earlier checks have shown about a site. */
export interface KnownOfSite {
  readonly site?: Site;
  readonly notes: SiteNotes;
  /** The time in epoch milliseconds. */
  readonly now: number;
}

/** The last reading of a key, and what was remembered with it. */
export interface KnownOfKey {
  readonly reading: Reading;
  readonly memory?: KeyMemory;
}

/** A record of spend that `Gateway.readUsage` reads, and that may be read without a person's asking. */
export interface SpendLog {
  /** The limiter of the first call. */
  readonly limiter: string;
  /** The sources that it may bring; it brings the first that the site has. */
  readonly sources: readonly LedgerSource[];
  /** Whether the gateway keeps every row; else the oldest are lost as new ones come. */
  readonly keepsAll: boolean;
}

/** `/v1/chat/completions`, `/v1/messages` of Anthropic's API, or the one that fits the model's name. */
export type ChatWay = 'completions' | 'messages' | 'byModel';

/** How a key calls models. */
export interface Chat {
  readonly way?: ChatWay;
  /** What stands before `/v1` below the base URL: `/api`. */
  readonly prefix?: string;
}

/** One type of credential at one kind of gateway. */
export interface CredentialSpec {
  readonly type: CredentialType;
  readonly abilities: readonly Ability[];
  /** The origin, where there is only one. */
  readonly defaultOrigin?: string;
  /** The form of its secrets, where that differs from the secrets of all other gateways. */
  readonly form?: RegExp;
  /** The limiter of the first call of `readQuota`. */
  readonly readLimiter: string;
  /** The same as a function of what is known, where the first call depends on it. */
  readonly readLimiterBy?: (known: KnownOfSite, last: Reading | undefined) => string;
  /**
   * Whether a reading may not be the key's own, by what was learned of the site since: that reading alone, or all that
   * was recorded of the key.
   */
  readonly mistakenOf?: (known: KnownOfSite, key: KnownOfKey) => 'reading' | 'all' | undefined;
  /** The shortest interval between polls, for calls that are too scarce for the usual one. */
  readonly minPollMs?: number;
  /** How many times as often as others it is asked, where an answer costs the gateway nothing; 1 when absent. */
  readonly pollTimes?: number;
  /** Absent where such a call would cost money, change something or start a clock, and where it tells nothing by time. */
  readonly spendLog?: SpendLog;
  /** Whether old versions of the gateway need the account's numeric id in a header. */
  readonly needsUserId?: boolean;
  /** How it calls models, for the ability `testCall`: as OpenAI's API has it when absent. */
  readonly chat?: Chat;
  /** Whether a key without quota is enough, and recommended when it is added. */
  readonly recommendsZeroQuota?: boolean;
}

/** A gateway, as far as it is asked for its credentials. */
interface WithCredentials {
  readonly kind: string;
  readonly credentials: readonly CredentialSpec[];
}

/** The specification of a credential type; undefined when the gateway does not have it. */
export function credentialSpecOf(gateway: WithCredentials, type: CredentialType): CredentialSpec | undefined {
  return gateway.credentials.find(spec => spec.type === type);
}

/**
 * The limiter of the first call of the next check, by what is known of the site and the last reading.
 * @throws Error for a gateway without credentials.
 */
export function readLimiterOf(
  gateway: WithCredentials,
  type: CredentialType,
  known: KnownOfSite,
  last?: Reading,
): string {
  const spec = credentialSpecOf(gateway, type) ?? gateway.credentials[0];
  if (!spec) throw new Error(`${gateway.kind} takes no credential`);
  return spec.readLimiterBy?.(known, last) ?? spec.readLimiter;
}

/** Whether a credential has an ability. */
export function hasAbility(gateway: WithCredentials, type: CredentialType, ability: Ability): boolean {
  return credentialSpecOf(gateway, type)?.abilities.includes(ability) ?? false;
}
