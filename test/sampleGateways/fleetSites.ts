import { CREDIT_PLAN, STANDARD_PLAN } from './cheapestInference/plan.ts';
import type { FleetKey } from './fleetKey.ts';
import type { GatewayKind } from './kinds.ts';
import type { VersionName } from './newApi/version.ts';
import { forSimpleKinds, type SimpleKindName } from './simple/simpleKinds.ts';
import { CNY_SITE, type SiteStatus } from './siteStatus.ts';

/** The names of the origins in the fleet. */
export type FleetSiteName =
  | 'newApi'
  | 'newApiCny'
  | 'cometApi'
  | 'cometQuery'
  | 'aioHub'
  | 'cheapestInference'
  | 'oneApi'
  | 'openRouter'
  | 'liteLlm'
  | 'sub2Api'
  | SimpleKindName;

/** One origin with the account behind it. */
export interface FleetSite {
  readonly kind: GatewayKind;
  readonly version?: VersionName;
  readonly status?: SiteStatus;
  readonly account: string;
  /** Dollars in the wallet. */
  readonly wallet: number;
  readonly keys: Readonly<Record<string, FleetKey>>;
  /** The site whose keys this one knows too. */
  readonly sharesWith?: FleetSiteName;
}

const CODING = ['claude-sonnet-4-5', 'gpt-4.1', 'gpt-4.1-mini'];
const CHEAP = ['gpt-4.1-mini', 'gemini-2.5-flash'];

/** The fleet: every kind of gateway, with keys in every state a key can be in. */
export const FLEET_SITES: Readonly<Record<FleetSiteName, FleetSite>> = {
  newApi: {
    kind: 'newApi',
    version: 'v1.0.0-rc.24',
    status: { system_name: 'Relay One' },
    account: 'sam',
    wallet: 86.4,
    keys: {
      'cline-work': { label: 'Cline – work', left: 18.42, used: 6.58, models: CODING, pace: 0.9 },
      'roo-side': { label: 'Roo – side project', left: 0.61, used: 9.39, models: CODING, pace: 0.08 },
      'ci-evals': {
        label: 'CI evals',
        left: 0,
        used: 20,
        holds: { status: 'exhausted' },
        models: CHEAP,
        pace: 0,
      },
      'aider-laptop': {
        label: 'Aider – old laptop',
        left: 3.2,
        used: 1.8,
        holds: { status: 'disabled' },
        models: CODING,
        pace: 0,
      },
      'claude-home': {
        label: 'Claude Code – home',
        left: -41.07,
        used: 41.07,
        holds: { unlimited: true },
        models: CODING,
        pace: 1.4,
      },
    },
  },
  newApiCny: {
    kind: 'newApi',
    version: 'v0.12.7',
    status: { ...CNY_SITE, system_name: 'Team Gateway' },
    account: 'platform-team',
    wallet: 412.5,
    keys: {
      'docs-bot': {
        label: 'Docs bot – staging',
        left: 32.8,
        used: 17.2,
        expiresInDays: 3,
        holds: { modelLimits: 'gpt-4.1,gpt-4.1-mini,claude-sonnet-4-5', modelLimitsEnabled: true },
        models: CODING,
        pace: 0.4,
      },
      'summer-intern': {
        label: 'Summer intern',
        left: 4.4,
        used: 5.6,
        expiresInDays: -12,
        models: CODING,
        pace: 0,
      },
      translation: {
        label: 'Translation service',
        left: 140.25,
        used: 59.75,
        expiresInDays: 210,
        models: CHEAP,
        pace: 0.7,
      },
    },
  },
  cometApi: {
    kind: 'cometApi',
    account: 'sam.comet',
    wallet: 57.31,
    keys: {
      continue: { label: 'Continue – autocomplete', left: 12.9, used: 2.1, models: CHEAP, pace: 0.3 },
      thumbnails: {
        label: 'Thumbnails batch',
        left: 0.85,
        used: 14.15,
        expiresInDays: 45,
        models: ['gpt-image-1'],
        pace: 0.06,
      },
      'balance-only': { label: 'CometAPI balance', left: 0, used: 0, models: [], pace: 0 },
    },
  },
  cometQuery: { kind: 'cometQuery', account: 'sam.comet', wallet: 0, keys: {}, sharesWith: 'cometApi' },
  aioHub: {
    kind: 'aioHub',
    account: 'sam.aio',
    wallet: 22,
    keys: { 'kilo-code': { label: 'Kilo Code – blog', left: 7.75, used: 2.25, models: CODING, pace: 0.2 } },
  },
  cheapestInference: {
    kind: 'cheapestInference',
    account: 'sam.cheap',
    wallet: 5,
    keys: {
      'night-batch': {
        label: 'Night batch',
        left: 0,
        used: 6.35,
        holds: { plan: STANDARD_PLAN },
        models: ['qwen3-coder'],
        pace: 0.1,
      },
      'credit-key': {
        label: 'Prototype on credits',
        left: 0,
        used: 0.4,
        holds: { plan: CREDIT_PLAN },
        models: ['qwen3-coder'],
        pace: 0,
      },
    },
  },
  oneApi: {
    kind: 'oneApi',
    account: 'lab',
    wallet: 30,
    keys: { 'lab-relay': { label: 'Lab relay', left: 9.1, used: 10.9, models: CHEAP, pace: 0.15 } },
  },
  openRouter: {
    kind: 'openRouter',
    account: 'sam.router',
    wallet: 31.6,
    keys: {
      'router-agent': {
        label: 'Zed agent – monthly cap',
        left: 14.25,
        used: 5.75,
        holds: { limitReset: 'monthly' },
        models: CODING,
        pace: 0.25,
      },
    },
  },
  sub2Api: {
    kind: 'sub2Api',
    account: 'sam.sub',
    wallet: 18.2,
    keys: {
      'sub-agent': {
        label: 'Claude Code – shared plan',
        left: 6.2,
        used: 3.8,
        expiresInDays: 20,
        models: CODING,
        pace: 0.2,
      },
    },
  },
  liteLlm: {
    kind: 'liteLlm',
    account: 'sam.proxy',
    wallet: 60,
    keys: { 'proxy-agent': { label: 'OpenHands – proxy', left: 11.4, used: 8.6, models: CODING, pace: 0.3 } },
  },
  ...forSimpleKinds(({ handle, sample, wallet }, kind) => ({
    kind,
    account: `sam.${kind}`,
    wallet,
    keys: { [handle]: sample },
  })),
};
