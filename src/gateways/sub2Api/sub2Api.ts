import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';

const load = () => lazyImport(() => import('./endpoints.ts'));

/** Sub2API: https://github.com/Wei-Shaw/sub2api. Money is dollars, days are the server's. */
export const sub2Api: Gateway = {
  kind: 'sub2Api',
  title: 'Sub2API',
  hosts: [],
  webPages: { console: '/dashboard' },
  probe: {
    path: '/api/v1/settings/public',
    recognizes: async answer => (await load()).isPublicSettings(answer),
    // The answer of its framework to an unknown path.
    isLikelyAfter: ({ status, text }) => status === 404 && text?.trim() === '404 page not found',
  },
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'account', 'rangeByKey', 'testCall'],
      chat: { way: 'byModel' },
      readLimiter: 'general',
      minPollMs: MINUTE_MS,
      spendLog: { limiter: 'general', sources: ['dailySums'], keepsAll: true },
    },
  ],
  // From 120 refused calls a minute on it refuses good keys, too; good calls it does not count.
  limiters: { general: { calls: 30, windowMs: MINUTE_MS, holdMs: 2 * MINUTE_MS } },
  ...lazyMethods(load, 'readSite', 'readQuota', 'readUsage'),
};
