import type { Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { serverTimeOf } from '../../gateways/serverTime.ts';
import type { GatewayResponse } from '../../http/transport.ts';

/** A smaller difference may come from a slow answer. */
const MIN_DRIFT_MS = MINUTE_MS;
/** A smaller difference may come from a cached answer, and is not worth a person's attention. */
const MIN_DIFFERENCE_MS = 10 * MINUTE_MS;

/**
 * How far the clock of this computer is ahead of the gateway's, by the `Date` of its answer: `clockAheadMs` where that
 * is far, `clockDriftMs` where it is little. Nothing where they agree, where it is not told, and where a cache on the
 * way sends an old time.
 */
export function clockAheadOf(
  { headers }: Pick<GatewayResponse, 'headers'>,
  now: number,
): Pick<Reading, 'clockAheadMs' | 'clockDriftMs'> {
  const serverTime = headers.has('age') ? undefined : serverTimeOf(headers);
  if (serverTime === undefined) return {};
  const aheadMs = now - serverTime;
  const size = Math.abs(aheadMs);
  if (size >= MIN_DIFFERENCE_MS) return { clockAheadMs: aheadMs };
  return size >= MIN_DRIFT_MS ? { clockDriftMs: aheadMs } : {};
}
