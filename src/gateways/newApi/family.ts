import { lazyImport } from '../../core/lazyImport.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import type { CredentialSpec, SpendLog } from '../credentialSpec.ts';
import type { Probe } from '../gateway.ts';
import type { Limiter } from '../limiter.ts';
import type { Site } from '../site.ts';

const STATUS = '/api/status';

/** What a key says of itself (New API ≥ 0.9.0). Without the slash at its end New API redirects first. */
export const TOKEN_USAGE_PATH = '/api/usage/token/';

/**
 * New API's limits: 20 calls in 20 minutes on critical routes (`/api/usage/token/`, the key's log from 0.10.8
 * on, web login), 180 in 3 minutes on all others, by client address. We use half of each,
 * and of the scarce one less at first: billing and lists of keys bring the figures without it.
 */
export const newApiLimiters = {
  scarce: { calls: 10, windowMs: 20 * MINUTE_MS, holdMs: 20 * MINUTE_MS, startShare: 0.1 },
  general: { calls: 90, windowMs: 3 * MINUTE_MS, holdMs: 3 * MINUTE_MS },
} as const satisfies Record<string, Limiter>;

/** A key's own log: its last rows. */
export const keyLog: SpendLog = { limiter: 'scarce', sources: ['keyLog'], keepsAll: false };

/** An account's access token: it opens what a signed-in user sees. */
export const accessToken: CredentialSpec = {
  type: 'accessToken',
  abilities: ['account', 'keyList', 'rangeByAccount', 'logs', 'verify'],
  readLimiter: 'general',
  spendLog: { limiter: 'general', sources: ['accountLog', 'hourlySums'], keepsAll: true },
  needsUserId: true,
};

/**
 * Reads `GET /api/status`, which needs no key.
 * @throws GatewayError
 */
export async function readSite(ask: SendRequest): Promise<Site> {
  const answer = await ask({ path: STATUS, secretIn: 'none', limiter: 'general' });
  return (await lazyImport(() => import('./statusPage.ts'))).parseStatusAnswer(answer);
}

/** Recognizes New API, One API, and descendants without a probe of their own, by `GET /api/status`. */
export const familyProbe: Probe = {
  path: STATUS,
  recognizes: async answer => (await lazyImport(() => import('./statusPage.ts'))).isFamilyStatus(answer),
  isFamily: true,
};

/** Recognizes a descendant by `data.system_name` of `/api/status`. */
export function probeByName(name: string): Probe {
  return {
    path: STATUS,
    recognizes: async answer =>
      (await lazyImport(() => import('./statusPage.ts'))).hasSystemName(name, answer),
  };
}
