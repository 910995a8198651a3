import type { SpendRecords } from '../core/ledger/spendRecord.ts';
import type { OfferedModels } from '../core/quota/modelKeys.ts';
import type { AccountKey } from '../core/quota/reading.ts';
import type { ServerReading } from '../core/team/servedKey.ts';
import type { LogFilter, LogPage } from '../core/usage/logRow.ts';
import type { Range } from '../core/usage/range.ts';
import type { Usage } from '../core/usage/usage.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { CredentialSpec } from './credentialSpec.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { Limiter } from './limiter.ts';
import type { ModelPrices } from './modelPrices.ts';
import type { PlanOffer } from './plans.ts';
import type { SecretList } from './secretList.ts';
import type { Site } from './site.ts';
import type { Verification } from './verification.ts';

/** Where an account is kept, for vendors with one place in China and one for everybody else. */
export type Region = 'china' | 'global';

/** Reports the progress of a long pagination: rows read, and rows in all where the gateway counts them. */
export type Progress = (done: number, total: number | undefined) => void;

/** A request without a key by which a kind is recognized. */
export interface Probe {
  /** The page that shows the kind most surely; kinds with the same page share the call. */
  readonly path: string;
  /** Whether an answer, of any page, is from this kind: one page often settles several kinds. */
  readonly recognizes: (answer: GatewayResponse) => Promise<boolean>;
  /** Whether an answer of another page speaks for this kind, so that its own page is asked next. */
  readonly isLikelyAfter?: (answer: GatewayResponse) => boolean;
  /**
   * Whether this kind is a family: other kinds descend from it and give the same answer. A match that is no family is
   * preferred.
   */
  readonly isFamily?: boolean;
}

/** One of our own keys in the list of an account, by what the account's log calls it. */
export interface KeyInAccount {
  readonly keyId: string;
  /** See `KeyMemory.listedId`. */
  readonly listedId?: number;
  /** As the gateway has it; absent where another key of the account is called the same. */
  readonly name?: string;
}

/** What a key spent by its account's log; its rows have the key's number, or its name alone. */
export interface KeyUsage {
  readonly keyId: string;
  readonly usage: Usage;
  readonly isByName: boolean;
  /** The same for the ledger. */
  readonly records: SpendRecords;
}

/**
 * The implementation of one kind of gateway. The rest of the program knows kinds only through this. Its data
 * is loaded at start-up; its methods import their code when they are first called.
 * All methods throw a `GatewayError`.
 */
export interface Gateway {
  readonly kind: string;
  /** The product's own name; not translated. */
  readonly title: string;
  /** Whether its vendor does not document what it is asked, so that it may change at any time. */
  readonly isUndocumented?: true;
  /** Host names that belong to this kind alone. */
  readonly hosts: readonly string[];
  /** For a kind whose keys work only at one of several hosts: the region of each host, in the order of the form. */
  readonly regions?: Readonly<Record<string, Region>>;
  /**
   * What its paths begin with (`v1`, `api`), in lower case, where that differs from the usual: an address below which it may
   * be mounted ends before them.
   */
  readonly ownPaths?: readonly string[];
  /** Paths of its pages for people below the base URL; absent where they stand elsewhere, or are not known. */
  readonly webPages?: { readonly console?: string; readonly topUp?: string };
  /** How it is recognized on any other host; absent where no public page shows it. */
  readonly probe?: Probe;
  /**
   * Whether it watches keys for its readers, who ask only the server: each key is a line of its own, and readers do not
   * ask the keys' gateways.
   */
  readonly isServer?: true;
  /** Whether a secret of it may be `user:password`, or `none`, see `secretIn: 'login'`. */
  readonly takesLogin?: true;
  /** The first is offered first. */
  readonly credentials: readonly CredentialSpec[];
  readonly limiters: Readonly<Record<string, Limiter>>;
  /**
   * Reads what the gateway says about its units; absent when it has no such endpoint.
   * @throws GatewayError
   */
  readonly readSite?: (ask: SendRequest) => Promise<Site>;
  /**
   * Reads a key's or account's quota.
   * @throws GatewayError
   */
  readonly readQuota: (context: GatewayContext) => Promise<ServerReading>;
  /**
   * Whether a key that is read from its account's list is let through where it is used, which no list tells: by one call
   * to an ample limiter. Undefined where the gateway has no such call for the key.
   * @throws GatewayError
   */
  readonly confirmListed?: (context: GatewayContext) => Promise<'usable' | 'refused' | undefined>;
  /**
   * Reads one key of an account by its `AccountKey.id`; for the ability `accountKey`.
   * @throws GatewayError
   */
  readonly readAccountKey?: (context: GatewayContext, id: string) => Promise<AccountKey>;
  /**
   * Lists the keys of an account with their secrets, for a person who wants to add them; for the ability `keyList`. Absent,
   * or undefined for one of its credentials, where the list never has a secret.
   * @throws GatewayError
   */
  readonly readListedSecrets?: (context: GatewayContext) => Promise<SecretList | undefined>;
  /**
   * Reads whole secrets by their `ListedSecret.secretId`, and hands each over as it comes. One is missing where the
   * request budget had no room for it, or the gateway did not tell it. It changes nothing at the gateway.
   * @throws GatewayError where not one was told.
   */
  readonly readSecrets?: (
    context: GatewayContext,
    ids: readonly string[],
    take: (id: string, wholeText: string) => void,
  ) => Promise<void>;
  /**
   * Reads what was spent in a range; for the abilities `rangeByKey` and `rangeByAccount`.
   * @throws GatewayError
   */
  readonly readUsage?: (context: GatewayContext, range: Range, progress?: Progress) => Promise<Usage>;
  /**
   * Reads what keys of an account spent in a range by reading the account's log once; keys that it does not tell of are
   * left out. For the ability `rangeByAccount`.
   * @throws GatewayError
   */
  readonly readKeysUsage?: (
    context: GatewayContext,
    range: Range,
    keys: readonly KeyInAccount[],
    progress?: Progress,
  ) => Promise<readonly KeyUsage[]>;
  /** Whether a site reads a key's log only with the key in the URL, which needs the user's consent. */
  readonly needsKeyInUrl?: (site: Site | undefined) => boolean;
  /**
   * Reads one page of the log; for the ability `logs`.
   * @throws GatewayError
   */
  readonly readLogs?: (context: GatewayContext, filter: LogFilter) => Promise<LogPage>;
  /**
   * Reads the plans on offer, without a key; for the ability `plans`.
   * @throws GatewayError
   */
  readonly readPlans?: (ask: SendRequest) => Promise<readonly PlanOffer[]>;
  /**
   * Reads which models the gateway lists for a key; undefined where it lists none, since that need not mean that the
   * key may call none. For keys with the ability `quota`.
   * @throws GatewayError
   */
  readonly readModels?: (context: GatewayContext) => Promise<OfferedModels | undefined>;
  /**
   * Reads what models cost by a page that is public.
   * @throws GatewayError where there is none.
   */
  readonly readPrices?: (context: GatewayContext) => Promise<ModelPrices>;
  /** The steps of the smoke test; for the ability `verify`. */
  readonly verification?: () => Promise<Verification>;
}
