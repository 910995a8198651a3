import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { unpublishedLimit } from '../unpublishedLimit.ts';

const ORIGIN = 'https://openrouter.ai';
/** Management keys look like others. */
const FORM = /^sk-or-/;

/** OpenRouter: https://openrouter.ai/docs/api-reference. Money is dollars; limits reset by UTC. */
export const openRouter: Gateway = {
  kind: 'openRouter',
  title: 'OpenRouter',
  hosts: ['openrouter.ai'],
  webPages: { console: '/settings/keys', topUp: '/settings/credits' },
  credentials: [
    {
      type: 'apiKey',
      abilities: ['quota', 'testCall'],
      chat: { prefix: '/api' },
      defaultOrigin: ORIGIN,
      form: FORM,
      readLimiter: 'key',
      minPollMs: MINUTE_MS,
    },
    {
      type: 'managementKey',
      abilities: ['account', 'keyList', 'accountKey', 'rangeByAccount'],
      defaultOrigin: ORIGIN,
      form: FORM,
      readLimiter: 'management',
      minPollMs: 5 * MINUTE_MS,
    },
  ],
  limiters: { key: unpublishedLimit, management: unpublishedLimit },
  ...lazyMethods(
    () => lazyImport(() => import('./endpoints.ts')),
    'readQuota',
    'readAccountKey',
    'readUsage',
  ),
};
