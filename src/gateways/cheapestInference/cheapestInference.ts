import { lazyImport } from '../../core/lazyImport.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';

const ORIGIN = 'https://api.cheapestinference.com';
const endpoints = () => lazyImport(() => import('./endpoints.ts'));

/** CheapestInference: https://docs.cheapestinference.com/api/usage. Money is dollars, times are ISO 8601. */
export const cheapestInference: Gateway = {
  kind: 'cheapestInference',
  title: 'CheapestInference',
  hosts: ['api.cheapestinference.com'],
  probe: { path: '/api/plans', recognizes: async answer => (await endpoints()).isPlanList(answer) },
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'account', 'plans', 'testCall'],
      defaultOrigin: ORIGIN,
      form: /^sk_live_/,
      readLimiter: 'usage',
    },
    {
      type: 'managementKey',
      abilities: ['keyList', 'accountKey', 'plans'],
      defaultOrigin: ORIGIN,
      form: /^mk_/,
      readLimiter: 'account',
      minPollMs: 3 * HOUR_MS,
    },
  ],
  limiters: {
    usage: { calls: 30, windowMs: MINUTE_MS, holdMs: 5 * MINUTE_MS },
    account: { calls: 12, windowMs: 12 * HOUR_MS, holdMs: HOUR_MS },
  },
  ...lazyMethods(endpoints, 'readQuota', 'readAccountKey', 'readPlans'),
};
