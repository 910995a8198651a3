import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { keyLimiter, mistakenByBilling } from './billingMode.ts';
import { accessToken, familyProbe, keyLog, newApiLimiters, readSite } from './family.ts';
import { needsKeyInUrl } from './needsKeyInUrl.ts';

const endpoints = () => lazyImport(() => import('./endpoints.ts'));

/** New API, its descendants, and One API, its ancestor: https://github.com/QuantumNous/new-api */
export const newApi: Gateway = {
  kind: 'newApi',
  title: 'New API',
  hosts: [],
  probe: familyProbe,
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'rangeByKey'],
      readLimiter: 'scarce',
      readLimiterBy: keyLimiter,
      mistakenOf: mistakenByBilling,
      spendLog: keyLog,
    },
    accessToken,
  ],
  limiters: newApiLimiters,
  readSite,
  readQuota: async context => (await endpoints()).readQuota(context),
  readUsage: async (context, range, progress) => (await endpoints()).readUsage(context, range, progress),
  confirmListed: async context => (await endpoints()).confirmListed(context),
  readKeysUsage: async (context, range, keys, progress) =>
    (await endpoints()).readKeysUsage(context, range, keys, progress),
  readLogs: async (context, filter) => (await endpoints()).readLogs(context, filter),
  needsKeyInUrl,
  verification: async () => (await endpoints()).verification,
};
