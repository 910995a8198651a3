import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../gateway.ts';
import { lazyMethods } from '../lazyMethods.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { unpublishedLimit } from '../unpublishedLimit.ts';

/** A server that asks gateways for a whole team: `key-quota serve`. Its readers have a token and no key. */
export const teamServer: Gateway = {
  kind: 'teamServer',
  title: 'Key Quota server',
  isServer: true,
  hosts: [],
  ownPaths: ['v1', 'healthz', 'metrics'],
  credentials: [
    {
      ...{ type: 'accessToken', abilities: [], readLimiter: SINGLE_LIMITER, minPollMs: MINUTE_MS },
      // The server's figures have an age already; asked as seldom as a gateway, it would double.
      pollTimes: 5,
    },
  ],
  limiters: { [SINGLE_LIMITER]: unpublishedLimit },
  ...lazyMethods(() => lazyImport(() => import('./endpoints.ts')), 'readQuota'),
};
