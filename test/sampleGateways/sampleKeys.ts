import { keyId } from './cheapestInference/accountUsage.ts';
import { FLEET_SITES, type FleetSiteName } from './fleetSites.ts';
import { secretFor } from './secrets.ts';
import type { SampleGateway } from './server.ts';
import { forSimpleKinds, SIMPLE_KINDS, type SimpleKindName } from './simple/simpleKinds.ts';

/** A credential of the fleet, ready to be added to the product. */
export interface SampleKey {
  readonly label: string;
  /** The kind of gateway in the product's words. */
  readonly kind:
    | 'newApi'
    | 'cometApi'
    | 'aioHub'
    | 'cheapestInference'
    | 'openRouter'
    | 'liteLlm'
    | 'sub2Api'
    | SimpleKindName;
  readonly origin: string;
  readonly secret: string;
  readonly credential: 'apiKey' | 'queryKey' | 'accessToken' | 'managementKey';
  /** The numeric user id that old versions want beside an access token. */
  readonly userId?: number;
  readonly pinned?: true;
  /** The call that gives its figures, so that a caller takes only what its product can read. */
  readonly through:
    | 'usageToken'
    | 'billing'
    | 'query'
    | 'account'
    | 'planUsage'
    | 'routerKey'
    | 'keyInfo'
    | 'oneGet';
  /** What it is there to show. */
  readonly shows: string;
  readonly gateway: FleetSiteName;
  /** The name by which the gateway knows it. */
  readonly handle?: string;
}

interface Shown {
  readonly gateway: FleetSiteName;
  readonly handle: string;
  readonly shows: string;
  readonly pinned?: true;
}

const KEYS: readonly Shown[] = [
  { gateway: 'newApi', handle: 'cline-work', shows: 'ok', pinned: true },
  { gateway: 'newApi', handle: 'roo-side', shows: 'low' },
  { gateway: 'newApi', handle: 'ci-evals', shows: 'exhausted' },
  { gateway: 'newApi', handle: 'aider-laptop', shows: 'disabled' },
  { gateway: 'newApi', handle: 'claude-home', shows: 'unlimited' },
  { gateway: 'newApiCny', handle: 'docs-bot', shows: 'expiring in days' },
  { gateway: 'newApiCny', handle: 'summer-intern', shows: 'expired' },
  { gateway: 'newApiCny', handle: 'translation', shows: 'ok' },
  { gateway: 'cometApi', handle: 'continue', shows: 'ok' },
  { gateway: 'cometApi', handle: 'thumbnails', shows: 'low' },
  { gateway: 'aioHub', handle: 'kilo-code', shows: 'ok' },
  { gateway: 'cheapestInference', handle: 'night-batch', shows: 'ok' },
  { gateway: 'cheapestInference', handle: 'credit-key', shows: 'credits only' },
  { gateway: 'oneApi', handle: 'lab-relay', shows: 'ok' },
  { gateway: 'openRouter', handle: 'router-agent', shows: 'quota window' },
  { gateway: 'liteLlm', handle: 'proxy-agent', shows: 'ok' },
  { gateway: 'sub2Api', handle: 'sub-agent', shows: 'ok' },
  ...Object.values(forSimpleKinds(({ handle }, gateway) => ({ gateway, handle, shows: 'one GET' }))),
];

/** Everything a developer with this fleet would add. */
export function sampleKeys(gateways: Record<FleetSiteName, SampleGateway>, deadOrigin: string): SampleKey[] {
  return [
    ...KEYS.map(shown => apiKey(shown, gateways[shown.gateway])),
    ...invalid(gateways, deadOrigin),
    ...accounts(gateways),
  ];
}

/** The id by which CheapestInference's management calls know the key of a handle. */
export function managementKeyId(gateway: SampleGateway, handle: string): string {
  return keyId(gateway.key(handle));
}

function apiKey({ gateway: name, handle, shows, pinned }: Shown, gateway: SampleGateway): SampleKey {
  const label = FLEET_SITES[name].keys[handle]?.label ?? handle;
  const known = {
    label,
    origin: gateway.origin,
    secret: gateway.secret(handle),
    credential: 'apiKey',
  } as const;
  const place = { gateway: name, handle, shows, ...(pinned && { pinned }) };
  switch (name) {
    case 'oneApi':
      return { ...known, ...place, kind: 'newApi', through: 'billing' };
    case 'cheapestInference':
    case 'sub2Api':
      return { ...known, ...place, kind: name, through: 'planUsage' };
    case 'openRouter':
      return { ...known, ...place, kind: name, through: 'routerKey' };
    case 'liteLlm':
      return { ...known, ...place, kind: name, through: 'keyInfo' };
    case 'aioHub':
    case 'cometApi':
      return { ...known, ...place, kind: name, through: 'usageToken' };
    case 'newApi':
    case 'newApiCny':
    case 'cometQuery':
      return { ...known, ...place, kind: 'newApi', through: 'usageToken' };
    default:
      return {
        ...known,
        ...place,
        kind: name,
        credential: SIMPLE_KINDS[name].credential ?? 'apiKey',
        through: 'oneGet',
      };
  }
}

function invalid(gateways: Record<FleetSiteName, SampleGateway>, deadOrigin: string): SampleKey[] {
  const common = { credential: 'apiKey', through: 'usageToken', gateway: 'newApi' } as const;
  return [
    {
      ...common,
      label: 'GPU box in the lab',
      kind: 'newApi',
      origin: deadOrigin,
      secret: secretFor('lab box'),
      shows: 'unreachable',
    },
    {
      ...common,
      label: 'Deleted prototype',
      kind: 'cometApi',
      origin: gateways.cometApi.origin,
      secret: gateways.cometApi.holdings.unknownSecret('deleted prototype'),
      gateway: 'cometApi',
      shows: 'invalid',
    },
  ];
}

function accounts(gateways: Record<FleetSiteName, SampleGateway>): SampleKey[] {
  const known = (gateway: FleetSiteName) => ({ gateway, origin: gateways[gateway].origin, shows: 'account' });
  const token = (label: string, name: FleetSiteName, kind: SampleKey['kind']): SampleKey => {
    const { accessToken: secret, id: userId } = gateways[name].account(FLEET_SITES[name].account);
    return { ...known(name), label, kind, secret, userId, credential: 'accessToken', through: 'account' };
  };
  return [
    token('Relay One – account', 'newApi', 'newApi'),
    token('Team Gateway – account', 'newApiCny', 'newApi'),
    token('CometAPI – account', 'cometApi', 'cometApi'),
    token('AIOHub – account', 'aioHub', 'aioHub'),
    {
      ...known('cometQuery'),
      label: 'CometAPI balance',
      kind: 'cometApi',
      secret: gateways.cometQuery.secret('balance-only'),
      credential: 'queryKey',
      through: 'query',
      handle: 'balance-only',
    },
    {
      ...known('cheapestInference'),
      label: 'CheapestInference – all keys',
      kind: 'cheapestInference',
      secret: gateways.cheapestInference.account(FLEET_SITES.cheapestInference.account).managementKey,
      credential: 'managementKey',
      through: 'account',
    },
    {
      ...known('openRouter'),
      label: 'OpenRouter – account',
      kind: 'openRouter',
      secret: gateways.openRouter.account(FLEET_SITES.openRouter.account).managementKey,
      credential: 'managementKey',
      through: 'account',
    },
  ];
}
