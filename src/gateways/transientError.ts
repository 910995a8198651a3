import { type Failure, failed, type GatewayError } from '../core/quota/failure.ts';
import type { GatewayResponse } from '../http/transport.ts';
import { isProtectionPage } from './protectionPage.ts';
import { limitResetMs, resetMsOf } from './rateLimitHeaders.ts';
import { httpDate, serverTimeOf } from './serverTime.ts';

/**
 * The error for a status that says nothing about the key or the request: 407, 408, 429 and 5xx; undefined for
 * all others.
 */
export function transientError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (status === 407) return failed('transient', 'proxy', { status });
  if (status === 429) return rateLimitError(answer);
  if (status !== 408 && status < 500) return undefined;
  return isProtectionPage(answer)
    ? failed('blocked-by-edge', 'edge-page', { status })
    : failed('transient', 'server-error', { status });
}

/** The error for a 429; undefined for every other status. */
export function rateLimitError(answer: GatewayResponse): GatewayError | undefined {
  const { status, headers } = answer;
  if (status !== 429) return undefined;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  return failed('rate-limited', 'too-many-requests', { status, retryAfterMs: parseRetryAfter(headers) });
}

/**
 * When a refused call may be sent again, in milliseconds: by `Retry-After`, which New API sends from 1.0.0-rc.22 on,
 * else by the headers of limits; undefined where none of them tells a time.
 */
export function parseRetryAfter(headers: GatewayResponse['headers']): Failure['retryAfterMs'] {
  const value = headers.get('retry-after')?.trim() ?? '';
  // A date is by the server's clock.
  const now = serverTimeOf(headers) ?? Date.now();
  // Some gateways send the moment in epoch seconds, and not the time until then.
  const ms = resetMsOf(value, now) ?? httpDate(value) - now;
  return Number.isNaN(ms) ? limitResetMs(headers, now, true) : Math.max(0, Math.ceil(ms));
}
