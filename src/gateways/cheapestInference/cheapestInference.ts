import { lazyImport } from '../../core/lazyImport.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';

const ORIGIN = 'https://api.cheapestinference.com';
const work = () => lazyImport(() => import('./endpoints.ts'));

/** CheapestInference: https://docs.cheapestinference.com/api/usage. Money is dollars, times are ISO 8601. */
export const cheapestInference: Gateway = {
  kind: 'cheapestInference',
  title: 'CheapestInference',
  hosts: ['api.cheapestinference.com'],
  probe: { path: '/api/plans', recognises: async answer => (await work()).arePlans(answer) },
  credentials: [
    { type: 'apiKey', abilities: ['quota', 'account', 'plans'], usualOrigin: ORIGIN, readLimiter: 'usage' },
    {
      type: 'managementKey',
      abilities: ['keyList', 'accountKey', 'plans'],
      usualOrigin: ORIGIN,
      readLimiter: 'account',
      restMs: 3 * HOUR_MS,
    },
  ],
  limiters: {
    usage: { calls: 30, windowMs: MINUTE_MS, holdMs: 5 * MINUTE_MS },
    account: { calls: 12, windowMs: 12 * HOUR_MS, holdMs: HOUR_MS },
  },
  read: async context => (await work()).read(context),
  readAccountKey: async (context, id) => (await work()).readAccountKey(context, id),
  readPlans: async ask => (await work()).readPlans(ask),
};
