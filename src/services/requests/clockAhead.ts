import { MINUTE_MS } from '../../core/time.ts';
import { serverTimeOf } from '../../gateways/serverTime.ts';
import type { GatewayResponse } from '../../http/transport.ts';

/** A smaller difference may come from a slow or a cached answer. */
const MIN_DIFFERENCE_MS = 10 * MINUTE_MS;

/**
 * How far the clock of this computer is ahead of the gateway's, by the `Date` of its answer; undefined where they
 * agree, where it is not told, and where a cache on the way tells a time that was.
 */
export function clockAheadOf({ headers }: Pick<GatewayResponse, 'headers'>, now: number): number | undefined {
  const serverTime = headers.has('age') ? undefined : serverTimeOf(headers);
  if (serverTime === undefined) return undefined;
  const aheadMs = now - serverTime;
  return Math.abs(aheadMs) < MIN_DIFFERENCE_MS ? undefined : aheadMs;
}
