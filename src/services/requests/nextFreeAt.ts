import type { RequestLog } from '../../core/ports/requestTables.ts';
import type { CallLimit } from '../../core/quota/share.ts';
import { MAX_HOLD_MS } from './maxHold.ts';

/**
 * A limit holds over this many windows as well as over one: a check of several calls may exceed a small share, which
 * later windows make up for.
 */
const WINDOWS = [1, 2, 4] as const;

/** How far back calls count. */
export function lookBackMs({ windowMs }: CallLimit): number {
  return windowMs * Math.max(...WINDOWS);
}

/** When there is room after calls that were sent or will be, ascending; any time in the past means now. */
export function roomAfter(calls: readonly number[], limit: CallLimit): number {
  const times = WINDOWS.map(windows => (calls.at(-windows * limit.calls) ?? 0) + windows * limit.windowMs);
  return Math.max(...times);
}

/**
 * The moment from which a call to a limiter may be sent; not after `now` when it may be sent at once.
 * Calls of all keys and all windows count, because the gateway counts by address.
 */
export function nextFreeAt(
  log: RequestLog,
  baseUrl: string,
  name: string,
  limiter: CallLimit,
  now: number,
): number {
  const slots = WINDOWS.map(windows => {
    const spanMs = windows * limiter.windowMs;
    const blocking = log.newestSince(baseUrl, name, now - spanMs, windows * limiter.calls);
    // Calls from a future that a clock put back has made do not close the limiter for longer than those of now.
    return blocking === undefined ? now : Math.min(blocking, now) + spanMs;
  });
  return Math.max(...slots, Math.min(log.heldUntil(baseUrl, name) ?? 0, now + MAX_HOLD_MS));
}

/**
 * From when on there is room after `ahead` calls that could be sent now and go first; undefined where they could not,
 * or where there is room now.
 */
export function roomBehind(
  log: RequestLog,
  baseUrl: string,
  name: string,
  limiter: CallLimit,
  ahead: number,
  now: number,
): number | undefined {
  if (nextFreeAt(log, baseUrl, name, limiter, now) > now) return undefined;
  const sent = log.sentSince(baseUrl, name, now - lookBackMs(limiter));
  const freeAt = roomAfter([...sent, ...Array.from({ length: ahead }, () => now)], limiter);
  return freeAt > now ? freeAt : undefined;
}
