import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';

const ORIGIN = 'https://openrouter.ai';
const endpoints = async () => (await lazyImport(() => import('./endpoints.ts'))).openRouterEndpoints;

/** OpenRouter: https://openrouter.ai/docs/api-reference. Money is dollars; limits begin anew by UTC. */
export const openRouter: Gateway = {
  kind: 'openRouter',
  title: 'OpenRouter',
  hosts: ['openrouter.ai'],
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota'],
      defaultOrigin: ORIGIN,
      readLimiter: 'key',
      minPollMs: MINUTE_MS,
    },
    {
      type: 'managementKey',
      abilities: ['account', 'keyList', 'accountKey', 'rangeByAccount'],
      defaultOrigin: ORIGIN,
      readLimiter: 'management',
      minPollMs: 5 * MINUTE_MS,
    },
  ],
  // How often it may be asked is not published.
  limiters: {
    key: { calls: 30, windowMs: MINUTE_MS, holdMs: 5 * MINUTE_MS },
    management: { calls: 30, windowMs: MINUTE_MS, holdMs: 5 * MINUTE_MS },
  },
  readQuota: async context => (await endpoints()).readQuota(context),
  readAccountKey: async (context, id) => (await endpoints()).readAccountKey(context, id),
  readUsage: async (context, range) => (await endpoints()).readUsage(context, range),
};
