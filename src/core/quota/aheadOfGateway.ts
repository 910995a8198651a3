import { MINUTE_MS } from '../time.ts';
import type { Reading } from './reading.ts';

/** A smaller difference may come from a cached answer, and is not worth a person's attention. */
export const MIN_AHEAD_MS = 10 * MINUTE_MS;

/** How far the clock of this computer is ahead of the gateway's, however little. */
export function aheadOfGateway(reading: Pick<Reading, 'clockAheadMs' | 'clockDriftMs'> | undefined): number {
  return reading?.clockAheadMs ?? reading?.clockDriftMs ?? 0;
}
