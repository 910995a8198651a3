import { loadLate } from '../../core/loadLate.ts';
import type { Gateway } from '../gateway.ts';
import { accessToken, familyProbe, newApiLimiters, readSite } from './family.ts';

const work = () => loadLate(() => import('./endpoints.ts'));

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
  read: async visit => (await work()).read(visit),
  readUsage: async (visit, range, progress) => (await work()).readUsage(visit, range, progress),
  readLogs: async (visit, filter) => (await work()).readLogs(visit, filter),
  verification: async () => (await work()).verification,
};
