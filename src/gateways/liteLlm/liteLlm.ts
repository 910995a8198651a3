import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { unpublishedLimit } from '../unpublishedLimit.ts';

/** LiteLLM's proxy: https://docs.litellm.ai/docs/proxy/virtual_keys. Money is dollars. `/health` runs paid calls. */
export const liteLlm: Gateway = {
  kind: 'liteLlm',
  title: 'LiteLLM',
  hosts: [],
  webPages: { console: '/ui' },
  // Without `api`, since people mount it below that.
  ownPaths: [
    'v1',
    'key',
    'user',
    'team',
    'model',
    'models',
    'chat',
    'spend',
    'global',
    'health',
    'ui',
    'sso',
    'docs',
  ],
  probe: {
    path: '/health/liveliness',
    recognizes: async ({ status, text }) => status === 200 && text?.trim() === '"I\'m alive!"',
    // The answer of its framework to an unknown path.
    isLikelyAfter: ({ status, text }) => status === 404 && text?.trim() === '{"detail":"Not Found"}',
  },
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'rangeByKey', 'testCall'],
      readLimiter: 'management',
      minPollMs: MINUTE_MS,
      spendLog: { limiter: 'management', sources: ['dailySums'], keepsAll: true },
    },
  ],
  limiters: { management: unpublishedLimit },
  ...lazyMethods(() => lazyImport(() => import('./endpoints.ts')), 'readQuota', 'readUsage'),
};
