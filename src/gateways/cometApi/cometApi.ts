import { lazyImport } from '../../core/lazyImport.ts';
import type { CredentialSpec, Gateway } from '../gateway.ts';
import { newApiLimiters, probeByName, readSite } from '../newApi/family.ts';

const API = 'https://api.cometapi.com';
const QUERY = 'https://query.cometapi.com';

const work = () => lazyImport(() => import('./endpoints.ts'));

const credentials: readonly CredentialSpec[] = [
  { type: 'apiKey', abilities: ['quota', 'rangeByKey', 'chat'], usualOrigin: API, readLimiter: 'scarce' },
  {
    type: 'queryKey',
    abilities: ['account', 'keyList', 'rangeByAccount', 'verify'],
    usualOrigin: QUERY,
    readLimiter: 'general',
    betterWithoutQuota: true,
  },
  { type: 'accessToken', abilities: ['keyList'], usualOrigin: API, readLimiter: 'general' },
];

/** CometAPI: https://apidoc.cometapi.com. Its key endpoint answers as New API does; its balance service does not. */
export const cometApi: Gateway = {
  kind: 'cometApi',
  title: 'CometAPI',
  hosts: ['api.cometapi.com', 'query.cometapi.com'],
  probe: probeByName('CometAPI'),
  credentials,
  limiters: newApiLimiters,
  readSite,
  read: async context => (await work()).read(context),
  readUsage: async (context, range) => (await work()).readUsage(context, range),
  verification: async () => (await lazyImport(() => import('./verification.ts'))).cometVerification,
};
