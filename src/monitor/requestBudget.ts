import type { Limiter } from '../gateways/gateway.ts';
import type { RequestLog } from '../store/requestLog.ts';

/**
 * The moment from which a call to a limiter may be sent; not after `now` when it may be sent at once.
 * Calls of all keys and all windows count, because the gateway counts by address.
 */
export function freeAt(log: RequestLog, origin: string, name: string, limiter: Limiter, now: number): number {
  const sent = log.sentSince(origin, name, now - limiter.windowMs);
  const blocking = sent[sent.length - limiter.calls];
  const slot = blocking === undefined ? now : blocking + limiter.windowMs;
  return Math.max(slot, log.heldUntil(origin, name) ?? 0);
}

/**
 * When to ask again after a 429: the time the gateway named, else when our own oldest call leaves its
 * window, else the gateway's usual pause. The refused call itself is the log's last and does not count.
 */
export function resumeAt(
  log: RequestLog,
  origin: string,
  name: string,
  limiter: Limiter,
  now: number,
  retryAfterMs: number | undefined,
): number {
  if (retryAfterMs !== undefined) return now + retryAfterMs;
  const [oldest, ...others] = log.sentSince(origin, name, now - limiter.windowMs);
  return oldest !== undefined && others.length > 0 ? oldest + limiter.windowMs : now + limiter.holdMs;
}
