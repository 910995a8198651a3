import { lazyImport } from '../../core/lazyImport.ts';
import type { Gateway } from '../gateway.ts';
import { accessToken, familyProbe, newApiLimiters, readSite } from './family.ts';
import { wantsKeyInUrl } from './logByUrl.ts';

const work = () => lazyImport(() => import('./endpoints.ts'));

/** New API, its many derivatives, and One API before it: https://github.com/QuantumNous/new-api */
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
      limiterBySource: { billing: 'general', account: 'general' },
    },
    accessToken,
  ],
  limiters: newApiLimiters,
  readSite,
  read: async context => (await work()).read(context),
  readUsage: async (context, range, progress) => (await work()).readUsage(context, range, progress),
  readLogs: async (context, filter) => (await work()).readLogs(context, filter),
  wantsKeyInUrl,
  verification: async () => (await work()).verification,
};
