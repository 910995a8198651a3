import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { accessToken, newApiLimiters, probeByName, readSite } from '../newApi/family.ts';

const ORIGIN = 'https://api.aiohub.org';

/** AIOHub, a descendant of New API: https://docs.aiohub.org/en/api/usage */
export const aioHub: Gateway = {
  kind: 'aioHub',
  title: 'AIOHub',
  hosts: ['api.aiohub.org'],
  probe: probeByName('AIOHub'),
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'rangeByKey', 'testCall'],
      defaultOrigin: ORIGIN,
      readLimiter: 'scarce',
    },
    { ...accessToken, defaultOrigin: ORIGIN },
  ],
  limiters: newApiLimiters,
  readSite,
  ...lazyMethods(
    () => lazyImport(() => import('./endpoints.ts')),
    'readQuota',
    'readUsage',
    'readLogs',
    'readListedSecrets',
    'readSecrets',
    'verification',
  ),
};
