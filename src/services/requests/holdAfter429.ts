import type { RequestLog } from '../../core/ports/requestTables.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { limitResetMs } from '../../gateways/rateLimitHeaders.ts';
import { parseRetryAfter } from '../../gateways/transientError.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { learnFromRefusal } from './learnShare.ts';
import { MAX_HOLD_MS } from './maxHold.ts';
import { nextFreeAt } from './nextFreeAt.ts';
import { ownLimiter } from './ownLimiter.ts';
import type { RequestParts } from './requestParts.ts';

/** Learns from a 429 what part of a limiter is ours. */
export async function learnShareFrom429(
  parts: RequestParts,
  limiter: Limiter | undefined,
  baseUrl: string,
  name: string,
  answer: GatewayResponse,
): Promise<void> {
  if (!limiter) return;
  const { store, clock } = parts;
  const learn = () => learnFromRefusal(parts, baseUrl, name, limiter, answer, clock.now());
  await store.retryWhileLocked(() => store.transaction(learn));
}

/** Puts a limiter on hold when the gateway says that it lets no more calls through. */
export async function holdWhileExhausted(
  { store, clock }: Pick<RequestParts, 'store' | 'clock'>,
  baseUrl: string,
  name: string,
  { status, headers }: GatewayResponse,
): Promise<void> {
  const now = clock.now();
  const resetMs = status < 300 ? limitResetMs(headers, now, false) : undefined;
  if (resetMs === undefined) return;
  const hold = () => store.requests.holdLimiter(baseUrl, name, now + resetMs, now);
  await store.retryWhileLocked(() => store.transaction(hold));
}

/** Puts a limiter on hold after a 429. Returns until when, epoch milliseconds. */
export async function holdAfter429(
  { store, clock }: Pick<RequestParts, 'store' | 'clock'>,
  limiter: Limiter | undefined,
  baseUrl: string,
  name: string,
  { headers }: GatewayResponse,
): Promise<number | undefined> {
  if (!limiter) return undefined;
  const now = clock.now();
  return store.retryWhileLocked(() =>
    store.transaction(() => {
      const until = holdUntil(store.requests, baseUrl, name, limiter, now, parseRetryAfter(headers));
      store.requests.holdLimiter(baseUrl, name, until, now);
      return until;
    }),
  );
}

/**
 * When to ask again after a 429: the time the gateway named, else when our own oldest call leaves its
 * window, else the gateway's usual pause. The refused call itself is the log's last and does not count.
 */
export function holdUntil(
  log: RequestLog,
  baseUrl: string,
  name: string,
  limiter: Limiter,
  now: number,
  retryAfterMs: number | undefined,
): number {
  if (retryAfterMs !== undefined) return now + Math.min(retryAfterMs, MAX_HOLD_MS);
  const [oldest, ...others] = log.sentSince(baseUrl, name, now - limiter.windowMs);
  return oldest !== undefined && others.length > 0 ? oldest + limiter.windowMs : now + limiter.holdMs;
}

/**
 * From when on a person's call finds room after a hold, epoch milliseconds: a refusal may have left us little of the
 * limiter.
 */
export function roomAfterHold(
  parts: RequestParts,
  limiter: Limiter | undefined,
  baseUrl: string,
  name: string,
  until: number,
): number {
  if (!limiter) return until;
  const now = parts.clock.now();
  const own = ownLimiter(parts, baseUrl, name, limiter, now, { attended: true });
  return Math.max(until, nextFreeAt(parts.store.requests, baseUrl, name, own, now));
}
