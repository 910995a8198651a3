import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import type { CredentialSpec, Limiter, Probe } from '../gateway.ts';
import type { Site } from '../site.ts';

const STATUS = '/api/status';

/**
 * New API allows 20 calls in 20 minutes on its critical routes and 180 in 3 minutes on all others, counted
 * by client address and shared with the user's own web login. We take half of each.
 */
export const newApiLimiters = {
  scarce: { calls: 10, windowMs: 20 * MINUTE_MS, holdMs: 20 * MINUTE_MS },
  general: { calls: 90, windowMs: 3 * MINUTE_MS, holdMs: 3 * MINUTE_MS },
} as const satisfies Record<string, Limiter>;

/** An account's access token, for everything New API shows a signed-in user. */
export const accessToken: CredentialSpec = {
  type: 'accessToken',
  abilities: ['account', 'keyList', 'rangeByAccount', 'logs', 'verify'],
  readLimiter: 'general',
  needsUserId: true,
};

/** Asks `GET /api/status`, which needs no key. */
export async function readSite(ask: SendRequest): Promise<Site> {
  const answer = await ask({ path: STATUS, secretIn: 'nowhere', limiter: 'general' });
  return (await lazyImport(() => import('./statusPage.ts'))).parseStatusAnswer(answer);
}

/** Recognises New API and One API, and with them whatever descends from them and has no probe of its own. */
export const familyProbe: Probe = {
  path: STATUS,
  recognizes: async answer => (await lazyImport(() => import('./statusPage.ts'))).isFamilyStatus(answer),
  isFamily: true,
};

/** Recognises a descendant that calls itself by this name. */
export function probeByName(name: string): Probe {
  return {
    path: STATUS,
    recognizes: async answer =>
      (await lazyImport(() => import('./statusPage.ts'))).hasSystemName(name, answer),
  };
}
