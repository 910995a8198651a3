import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { unpublishedLimit } from '../unpublishedLimit.ts';

/** A server of a team that asks gateways for all of them: `key-quota serve`. Its readers have a token and no key. */
export const teamServer: Gateway = {
  kind: 'teamServer',
  title: 'Key Quota server',
  isServer: true,
  hosts: [],
  ownPaths: ['v1', 'healthz', 'metrics'],
  credentials: [
    {
      ...{ type: 'accessToken', abilities: [], readLimiter: SINGLE_LIMITER, minPollMs: MINUTE_MS },
      // Figures have an age already when they come from there; asked as seldom as a gateway, they would have twice that.
      pollTimes: 5,
    },
  ],
  limiters: { [SINGLE_LIMITER]: unpublishedLimit },
  ...lazyMethods(() => lazyImport(() => import('./endpoints.ts')), 'readQuota'),
};
