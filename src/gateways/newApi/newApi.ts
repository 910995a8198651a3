import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { keyLimiter, mistakenByBilling } from './billingMode.ts';
import { accessToken, familyProbe, keyLog, newApiLimiters, readSite } from './family.ts';
import { needsKeyInUrl } from './needsKeyInUrl.ts';

/** New API, its descendants, and One API, its ancestor: https://github.com/QuantumNous/new-api */
export const newApi: Gateway = {
  kind: 'newApi',
  title: 'New API',
  hosts: [],
  webPages: { console: '/console', topUp: '/console/topup' },
  probe: familyProbe,
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'rangeByKey', 'testCall'],
      readLimiter: 'scarce',
      readLimiterBy: keyLimiter,
      mistakenOf: mistakenByBilling,
      spendLog: keyLog,
    },
    accessToken,
  ],
  limiters: newApiLimiters,
  readSite,
  needsKeyInUrl,
  ...lazyMethods(
    () => lazyImport(() => import('./endpoints.ts')),
    'readQuota',
    'readUsage',
    'confirmListed',
    'readKeysUsage',
    'readListedSecrets',
    'readSecrets',
    'readLogs',
    'readModels',
    'readPrices',
    'verification',
  ),
};
