import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';

/**
 * What an access token (`nap_…`, New API ≥ 1.0.0-rc.41) has to be allowed to read a path, by the beginning of the path.
 * Older tokens are allowed everything, for 30 days after the site's update.
 */
const SCOPE_BY_PATH = [
  ['/api/user/self', 'profile:read'],
  ['/api/token/', 'api_key:read'],
  ['/api/log/', 'usage:read'],
  ['/api/data/', 'usage:read'],
  ['/api/subscription/', 'wallet:read'],
] as const;

/** What a token has to be allowed to read a path. */
export function scopeOf(path: string): string | undefined {
  return SCOPE_BY_PATH.find(([start]) => path.startsWith(start))?.[1];
}

/** What a token lacks by a refusal; undefined where it was refused for another reason. */
export function missingScopeIn(error: unknown): string | undefined {
  if (!(error instanceof GatewayError) || error.failure.reason !== 'scope-missing') return undefined;
  return error.failure.scope;
}

/**
 * Refuses, without a call, a path that the gateway did not let the token read in this hour: it records each try in the
 * account's audit log. A person's own refresh asks again.
 * @throws GatewayError
 */
export function assertAllowed({ lastReading, isManual, now }: GatewayContext, path: string): void {
  const scope = scopeOf(path);
  const { missingScopes = [], takenAt } = lastReading ?? {};
  if (isManual || scope === undefined || takenAt === undefined || !missingScopes.includes(scope)) return;
  if (Math.floor(Date.parse(takenAt) / HOUR_MS) === Math.floor(now() / HOUR_MS))
    throw failed('forbidden', 'scope-missing', { scope });
}

/** The parts of a reading together with what the token lacks for the whole of it. */
export function withMissingScopes<Part extends Pick<Reading, 'missingScopes'>>(...parts: readonly Part[]) {
  const missingScopes = parts.flatMap(part => part.missingScopes ?? []);
  return missingScopes.length > 0 ? { missingScopes } : {};
}
