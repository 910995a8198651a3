import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { accessToken, newApiLimiters, probeByName, readSite } from '../newApi/family.ts';

const ORIGIN = 'https://api.aiohub.org';
const endpoints = () => lazyImport(() => import('./endpoints.ts'));

/** AIOHub, a descendant of New API: https://docs.aiohub.org/en/api/usage */
export const aioHub: Gateway = {
  kind: 'aioHub',
  title: 'AIOHub',
  hosts: ['api.aiohub.org'],
  probe: probeByName('AIOHub'),
  credentials: [
    { type: 'apiKey', abilities: ['quota', 'rangeByKey'], defaultOrigin: ORIGIN, readLimiter: 'scarce' },
    { ...accessToken, defaultOrigin: ORIGIN },
  ],
  limiters: newApiLimiters,
  readSite,
  readQuota: async context => (await endpoints()).readQuota(context),
  readUsage: async (context, range, progress) => (await endpoints()).readUsage(context, range, progress),
  readLogs: async (context, filter) => (await endpoints()).readLogs(context, filter),
  verification: async () => (await endpoints()).verification,
};
