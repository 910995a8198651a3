import type { RequestLog } from '../../core/ports/tables.ts';
import type { Limiter } from '../../gateways/gateway.ts';
import { MAX_HOLD_MS } from './maxHold.ts';

/**
 * The moment from which a call to a limiter may be sent; not after `now` when it may be sent at once.
 * Calls of all keys and all windows count, because the gateway counts by address.
 */
export function nextFreeAt(
  log: RequestLog,
  origin: string,
  name: string,
  limiter: Limiter,
  now: number,
): number {
  const blocking = log.newestSince(origin, name, now - limiter.windowMs, limiter.calls);
  const slot = blocking === undefined ? now : blocking + limiter.windowMs;
  // Calls from a future that a clock put back has made must not close the limiter for longer than a window.
  return Math.max(
    Math.min(slot, now + limiter.windowMs),
    Math.min(log.heldUntil(origin, name) ?? 0, now + MAX_HOLD_MS),
  );
}
