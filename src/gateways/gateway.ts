import type { CredentialType } from '../core/quota/key.ts';
import type { AccountKey, CountedReading, Reading } from '../core/quota/reading.ts';
import type { LogFilter, LogPage } from '../core/usage/logRow.ts';
import type { Range } from '../core/usage/range.ts';
import type { Usage } from '../core/usage/usage.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { PlanOffer } from './plans.ts';
import type { Site } from './site.ts';
import type { Verification } from './verification.ts';

/** How many calls we allow ourselves in a window of time: at most half of what the gateway allows. */
export interface Limiter {
  readonly calls: number;
  readonly windowMs: number;
  /** How long to hold after a 429 that names no time and that our own log cannot explain. */
  readonly holdMs: number;
}

/** What a credential can be asked about. Commands and views offer exactly these. */
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
  | 'chat';

/** What one type of credential is and can do at one kind of gateway. */
export interface CredentialSpec {
  readonly type: CredentialType;
  readonly abilities: readonly Ability[];
  /** Where it is sent, when there is one place only. */
  readonly defaultOrigin?: string;
  /** The limiter of the first call that `read` makes. */
  readonly readLimiter: string;
  /** The same for a key whose last figures came another way. */
  readonly limiterBySource?: Partial<Readonly<Record<NonNullable<Reading['source']>, string>>>;
  /** The least time between two polls, for calls that are too scarce for the usual interval. */
  readonly minPollMs?: number;
  /** Whether old versions of the gateway want the account's numeric id beside it. */
  readonly needsUserId?: boolean;
  /** Whether a key that can spend nothing would do: worth a word when it is added. */
  readonly recommendsZeroQuota?: boolean;
}

/** Tells how far a long paging is: rows read, and rows in all where the gateway counts them. */
export type Progress = (done: number, total: number | undefined) => void;

/** A question that tells a kind of gateway apart without a key. */
export interface Probe {
  readonly path: string;
  readonly recognizes: (answer: GatewayResponse) => Promise<boolean>;
  /** Whether other kinds descend from this one and answer the same way; one that is surer goes first. */
  readonly isFamily?: boolean;
}

/**
 * How one kind of gateway speaks. Everything outside `gateways/` knows kinds only through this. What it says
 * of itself is there when VS Code starts; what it does is best imported when it is first asked for.
 */
export interface Gateway {
  readonly kind: string;
  /** The product's own name; not translated. */
  readonly title: string;
  /** Hosts that are this kind and no other. */
  readonly hosts: readonly string[];
  /** How to recognise it on any other host; absent where nothing public gives it away. */
  readonly probe?: Probe;
  /** The first is the ordinary one. */
  readonly credentials: readonly CredentialSpec[];
  readonly limiters: Readonly<Record<string, Limiter>>;
  /** Asks what the gateway says about its units; absent when it has no such endpoint. */
  readonly readSite?: (ask: SendRequest) => Promise<Site>;
  /** Asks what is left. Throws a `GatewayError`, as do all others. */
  readonly readQuota: (context: GatewayContext) => Promise<CountedReading>;
  /** Asks about one key of an account by its `AccountKey.id`; for the ability `accountKey`. */
  readonly readAccountKey?: (context: GatewayContext, id: string) => Promise<AccountKey>;
  /** Asks what was spent in a range; for the abilities `rangeByKey` and `rangeByAccount`. */
  readonly readUsage?: (context: GatewayContext, range: Range, progress?: Progress) => Promise<Usage>;
  /** Whether a site reads a key's log for the key in the URL alone, which wants its owner's yes. */
  readonly needsKeyInUrl?: (site: Site | undefined) => boolean;
  /** Asks for one page of the log; for the ability `logs`. */
  readonly readLogs?: (context: GatewayContext, filter: LogFilter) => Promise<LogPage>;
  /** Asks what plans are on offer, without a key; for the ability `plans`. */
  readonly readPlans?: (ask: SendRequest) => Promise<readonly PlanOffer[]>;
  /** The smoke test before figures are relied on; for the ability `verify`. */
  readonly verification?: () => Promise<Verification>;
}

/** What a credential is at a gateway; undefined when the gateway has no such type. */
export function credentialSpecOf(gateway: Gateway, type: CredentialType): CredentialSpec | undefined {
  return gateway.credentials.find(spec => spec.type === type);
}

/** The limiter of the first call that reading with this credential makes, after what it last brought. */
export function readLimiterOf(gateway: Gateway, type: CredentialType, last?: Reading): string {
  const spec = credentialSpecOf(gateway, type) ?? gateway.credentials[0];
  if (!spec) throw new Error(`${gateway.kind} takes no credential`);
  return (last?.source && spec.limiterBySource?.[last.source]) ?? spec.readLimiter;
}

/** Whether a credential can be asked about something. */
export function hasAbility(gateway: Gateway, type: CredentialType, ability: Ability): boolean {
  return credentialSpecOf(gateway, type)?.abilities.includes(ability) ?? false;
}
