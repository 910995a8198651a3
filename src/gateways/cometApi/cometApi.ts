import { lazyImport } from '../../core/lazyImport.ts';
import type { CredentialSpec } from '../credentialSpec.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { keyLog, newApiLimiters, probeByName, readSite } from '../newApi/family.ts';

const API = 'https://api.cometapi.com';
const QUERY = 'https://query.cometapi.com';

const credentials: readonly CredentialSpec[] = [
  {
    type: 'apiKey',
    abilities: ['quota', 'rangeByKey', 'chat', 'testCall'],
    defaultOrigin: API,
    readLimiter: 'scarce',
    spendLog: keyLog,
  },
  {
    type: 'queryKey',
    abilities: ['account', 'keyList', 'rangeByAccount', 'verify'],
    defaultOrigin: QUERY,
    readLimiter: 'general',
    spendLog: { limiter: 'general', sources: ['dailySums'], keepsAll: true },
    recommendsZeroQuota: true,
  },
  { type: 'accessToken', abilities: ['keyList'], defaultOrigin: API, readLimiter: 'general' },
];

/** CometAPI: https://apidoc.cometapi.com. Its key endpoint answers as New API does; its balance service does not. */
export const cometApi: Gateway = {
  kind: 'cometApi',
  title: 'CometAPI',
  hosts: ['api.cometapi.com', 'query.cometapi.com'],
  webPages: { console: '/console', topUp: '/console/topup' },
  probe: probeByName('CometAPI'),
  credentials,
  limiters: newApiLimiters,
  readSite,
  ...lazyMethods(
    () => lazyImport(() => import('./endpoints.ts')),
    'readQuota',
    'readUsage',
    'readListedSecrets',
    'readSecrets',
  ),
  ...lazyMethods(() => lazyImport(() => import('./verification.ts')), 'verification'),
};
