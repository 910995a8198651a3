import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { accessToken, newApiLimiters, probeByName, readSite } from '../newApi/family.ts';

const ORIGIN = 'https://api.aiohub.org';
const work = () => lazyImport(() => import('./endpoints.ts'));

/** AIOHub: https://docs.aiohub.org/en/api/usage */
export const aioHub: Gateway = {
  kind: 'aioHub',
  title: 'AIOHub',
  hosts: ['api.aiohub.org'],
  probe: probeByName('AIOHub'),
  credentials: [
    { type: 'apiKey', abilities: ['quota', 'rangeByKey'], usualOrigin: ORIGIN, readLimiter: 'scarce' },
    { ...accessToken, usualOrigin: ORIGIN },
  ],
  limiters: newApiLimiters,
  readSite,
  read: async context => (await work()).read(context),
  readUsage: async (context, range, progress) => (await work()).readUsage(context, range, progress),
  readLogs: async (context, filter) => (await work()).readLogs(context, filter),
  verification: async () => (await work()).verification,
};
