import { HOUR_MS, SECOND_MS } from '../../core/time.ts';

/** How long after its second a row may still be written. */
const WRITE_DELAY_MS = 2 * SECOND_MS;
/** How far a gateway's clock may be behind ours where it does not tell its time. */
const UNKNOWN_CLOCK_MS = HOUR_MS;

/** The end of the last second whose rows are all written, by the gateway's clock; both in epoch milliseconds. */
export function lastCompleteMs(serverNow: number): number {
  return Math.floor((serverNow - WRITE_DELAY_MS) / SECOND_MS) * SECOND_MS + SECOND_MS - 1;
}

/**
 * The first second (epoch seconds) of which rows may still come. Without the gateway's clock (`serverNow`) it is an hour
 * ago by ours: the ledger never asks again for what it took for complete.
 */
export function settledSecond(serverNow: number | undefined, now: number): number {
  return (lastCompleteMs(serverNow ?? now - UNKNOWN_CLOCK_MS) + 1) / SECOND_MS;
}
