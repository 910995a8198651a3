import type { Limiter } from '../gateways/gateway.ts';
import type { RequestLog } from '../store/requestLog.ts';

/** However long a gateway asks us to stay away, a day later it is worth a look. */
const MAX_HOLD_MS = 86_400_000;

/**
 * The moment from which a call to a limiter may be sent; not after `now` when it may be sent at once.
 * Calls of all keys and all windows count, because the gateway counts by address.
 */
export function freeAt(log: RequestLog, origin: string, name: string, limiter: Limiter, now: number): number {
  const sent = log.sentSince(origin, name, now - limiter.windowMs);
  const blocking = sent[sent.length - limiter.calls];
  const slot = blocking === undefined ? now : blocking + limiter.windowMs;
  // Calls from a future that a clock put back has made must not close the limiter for longer than a window.
  return Math.max(
    Math.min(slot, now + limiter.windowMs),
    Math.min(log.heldUntil(origin, name) ?? 0, now + MAX_HOLD_MS),
  );
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
  if (retryAfterMs !== undefined) return now + Math.min(retryAfterMs, MAX_HOLD_MS);
  const [oldest, ...others] = log.sentSince(origin, name, now - limiter.windowMs);
  return oldest !== undefined && others.length > 0 ? oldest + limiter.windowMs : now + limiter.holdMs;
}
