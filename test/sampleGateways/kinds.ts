import { aioHubSite } from './aioHub/aioHubSite.ts';
import { cheapestSite } from './cheapestInference/cheapestSite.ts';
import { cometApiSite } from './cometApi/cometApiSite.ts';
import { querySite } from './cometApi/querySite.ts';
import type { Limit } from './limiter.ts';
import {
  CHEAPEST_INFERENCE_LIMITS,
  type LimitName,
  NEW_API_LIMITS,
  ONE_API_LIMITS,
  SUB2API_LIMITS,
} from './limits.ts';
import { liteLlmSite } from './liteLlm/liteLlmSite.ts';
import { newApiSite } from './newApi/newApiSite.ts';
import { newApiRoutes } from './newApi/routes.ts';
import { VERSIONS, type VersionName } from './newApi/version.ts';
import { openRouterSite } from './openRouter/openRouterSite.ts';
import { liteLlmKeys } from './scenarios/liteLlmKeys.ts';
import { openRouterKeys } from './scenarios/openRouterKeys.ts';
import { plans } from './scenarios/plans.ts';
import { queryAccounts } from './scenarios/queryAccounts.ts';
import type { ScenarioTable } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { sub2ApiKeys } from './scenarios/sub2ApiKeys.ts';
import type { Settings } from './settings.ts';
import { simpleSite } from './simple/simpleKind.ts';
import { forSimpleKinds, type SimpleKindName } from './simple/simpleKinds.ts';
import type { Site, SiteParts } from './site.ts';
import type { SiteStatus } from './siteStatus.ts';
import { sub2ApiSite } from './sub2Api/sub2ApiSite.ts';

/** The kinds of software the sample gateway can be. */
export type GatewayKind =
  | 'newApi'
  | 'oneApi'
  | 'cometApi'
  | 'cometQuery'
  | 'aioHub'
  | 'cheapestInference'
  | 'openRouter'
  | 'liteLlm'
  | 'sub2Api'
  | SimpleKindName;

/** What makes a kind what it is. */
export interface KindParts {
  readonly version: VersionName;
  readonly limits: Partial<Record<LimitName, Limit>>;
  readonly scenarios: ScenarioTable;
  readonly status?: SiteStatus;
  readonly settings?: Partial<Settings>;
  readonly secretPrefix?: string;
  readonly site: (version: VersionName, parts: SiteParts) => Site;
}

const newApi: KindParts = {
  version: 'v1.0.0-rc.24',
  limits: NEW_API_LIMITS,
  scenarios,
  site: (version, parts) => newApiSite(VERSIONS[version], newApiRoutes(VERSIONS[version]), parts),
};

/** The kinds by name. */
export const KINDS: Record<GatewayKind, KindParts> = {
  newApi,
  oneApi: { ...newApi, version: 'one-api', limits: ONE_API_LIMITS, status: { system_name: 'One API' } },
  cometApi: {
    ...newApi,
    status: { system_name: 'CometAPI' },
    settings: { bearerAccessToken: false },
    site: cometApiSite,
  },
  cometQuery: {
    ...newApi,
    limits: {},
    scenarios: queryAccounts,
    site: (_version, parts) => querySite(parts),
  },
  aioHub: { ...newApi, status: { system_name: 'AIOHub' }, site: aioHubSite },
  cheapestInference: {
    ...newApi,
    limits: CHEAPEST_INFERENCE_LIMITS,
    scenarios: plans,
    secretPrefix: 'sk_live_',
    site: (_version, parts) => cheapestSite(parts),
  },
  openRouter: {
    ...newApi,
    limits: {},
    scenarios: openRouterKeys,
    secretPrefix: 'sk-or-v1-',
    site: (_version, parts) => openRouterSite(parts),
  },
  sub2Api: {
    ...newApi,
    limits: SUB2API_LIMITS,
    scenarios: sub2ApiKeys,
    site: (_version, parts) => sub2ApiSite(parts),
  },
  liteLlm: { ...newApi, limits: {}, scenarios: liteLlmKeys, site: (_version, parts) => liteLlmSite(parts) },
  ...forSimpleKinds(kind => ({
    ...newApi,
    limits: {},
    scenarios: kind.scenarios,
    secretPrefix: kind.secretPrefix,
    site: (_version: VersionName, parts: SiteParts) => simpleSite(kind, parts),
  })),
};
