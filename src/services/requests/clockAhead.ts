import { MIN_AHEAD_MS } from '../../core/quota/aheadOfGateway.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { serverTimeOf } from '../../gateways/serverTime.ts';
import type { GatewayResponse } from '../../http/transport.ts';

/** A smaller difference may come from a slow answer. */
const MIN_DRIFT_MS = MINUTE_MS;

export type ClockAhead = Pick<Reading, 'clockAheadMs' | 'clockDriftMs'>;

/**
 * How far the clock of this computer is ahead of the gateway's, by the `Date` of its answer: `clockAheadMs` where that
 * is far, `clockDriftMs` where it is little, neither where they agree. Undefined where it is not told, as where a cache
 * on the way sends an old time.
 */
export function clockAheadOf(
  { headers }: Pick<GatewayResponse, 'headers'>,
  now: number,
): ClockAhead | undefined {
  const serverTime = headers.has('age') ? undefined : serverTimeOf(headers);
  if (serverTime === undefined) return undefined;
  const aheadMs = now - serverTime;
  const size = Math.abs(aheadMs);
  if (size >= MIN_AHEAD_MS) return { clockAheadMs: aheadMs };
  return size >= MIN_DRIFT_MS ? { clockDriftMs: aheadMs } : {};
}

/** What was true of the clocks at a reading. */
export function clockAheadAt({ clockAheadMs, clockDriftMs }: Partial<Reading> = {}): ClockAhead {
  return { ...(clockAheadMs && { clockAheadMs }), ...(clockDriftMs && { clockDriftMs }) };
}
