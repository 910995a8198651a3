import { type AccountActivity, noActivity } from './newApi/accountActivity.ts';

/** Switches of a gateway that tests may turn at any time. */
export interface Settings {
  /** Billing endpoints tell about the key (true) or about the account (false). */
  displayTokenStat: boolean;
  /** How pages of lists and logs behave. */
  paging: 'faithful' | 'repeats' | 'alternates' | 'neverEnds' | 'shuffled';
  /** The page from which on every call ends with a reset connection. */
  diesAtPage: number;
  /** How far `/api/data/self` is behind, in seconds; real sites are up to five minutes. */
  dataLag: number;
  /** Every so many seconds the hourly sums are written; 0: at once. New API's first came 271 s after the spend. */
  sumsEvery: number;
  /** Whether the log's bounds are not looked at. */
  ignoresBounds: boolean;
  /** Counts of the log stop here; New API's `logSearchCountLimit` is 10,000. */
  countLimit: number;
  activity: AccountActivity;
  /** Whether access tokens are taken with `Bearer` before them. CometAPI's pages forbid it. */
  bearerAccessToken: boolean;
  chat: ChatSettings;
  query: QuerySettings;
  aioHub: AioHubSettings;
  cheapest: CheapestSettings;
  openRouter: OpenRouterSettings;
  liteLlm: LiteLlmSettings;
  sub2Api: Sub2ApiSettings;
}

/** `POST /v1/chat/completions`. */
export interface ChatSettings {
  /** `total_tokens` is not the sum of its parts. */
  wrongTotal: boolean;
  /** The answer has no `usage`, although it should. */
  withoutUsage: boolean;
}

/** CometAPI's query service. */
export interface QuerySettings {
  /** Which slash form answers: both, or one that the other redirects to. */
  redirect: 'none' | 'toSlash' | 'fromSlash';
  /** Dates that are not dates are ignored in silence, which a careful client must notice. */
  acceptsAnyDate: boolean;
  /** Where the gateway's day begins, in minutes east of UTC. The documents do not say. */
  dayOffset: number;
  /** Days outside the range come along: stale data. */
  staleDays: boolean;
}

/** AIOHub's usage endpoint. */
export interface AioHubSettings {
  /** Totals stand beside `range_used`; the documents do not say whether they do. */
  totalsWithRange: boolean;
  /** The HTTP status of a refused range; undocumented too. */
  badRangeStatus: number;
}

/** CheapestInference. */
export interface CheapestSettings {
  /** Usage comes bare, as in the older documents, or as `{"success":true,"data":…}`. */
  usageEnvelope: 'bare' | 'success';
  plansEnvelope: 'bare' | 'success';
}

/** OpenRouter. */
interface OpenRouterSettings {
  /** Whether the account is let to its analytics. */
  hasAnalytics: boolean;
  /** So many rows of them are in one answer. */
  analyticsRows: number;
}

/** LiteLLM. */
interface LiteLlmSettings {
  version: '1.74.9' | '1.108.7';
  /** Whether the parts of a day have their figures without a member around them, as older ones have. */
  isFlat: boolean;
  /** The most rows of a page. */
  pageRows: number;
}

/** Sub2API. */
export interface Sub2ApiSettings {
  build: '0.1.1' | '2026-02-14' | '0.1.179';
  timeZone: string;
  /** Whether it lists what was spent by day. */
  hasDays: boolean;
}

/** A site whose billing tells the account’s figures for every key: each key has to be asked at its own endpoint. */
export const BILLS_ACCOUNT = { displayTokenStat: false } as const satisfies Partial<Settings>;

/** The switches as they stand when nobody touched them. */
export function defaultSettings(): Settings {
  return {
    displayTokenStat: true,
    paging: 'faithful',
    diesAtPage: Number.POSITIVE_INFINITY,
    dataLag: 0,
    sumsEvery: 0,
    ignoresBounds: false,
    countLimit: Number.POSITIVE_INFINITY,
    activity: noActivity(),
    bearerAccessToken: true,
    chat: { wrongTotal: false, withoutUsage: false },
    query: { redirect: 'toSlash', acceptsAnyDate: false, dayOffset: 0, staleDays: false },
    aioHub: { totalsWithRange: true, badRangeStatus: 400 },
    cheapest: { usageEnvelope: 'success', plansEnvelope: 'bare' },
    openRouter: { hasAnalytics: true, analyticsRows: 1000 },
    liteLlm: { version: '1.108.7', isFlat: false, pageRows: 1000 },
    sub2Api: { build: '0.1.179', timeZone: 'UTC', hasDays: true },
  };
}
