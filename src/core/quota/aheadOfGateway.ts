import type { Reading } from './reading.ts';

/** How far the clock of this computer is ahead of the gateway's, however little. */
export function aheadOfGateway(reading: Pick<Reading, 'clockAheadMs' | 'clockDriftMs'> | undefined): number {
  return reading?.clockAheadMs ?? reading?.clockDriftMs ?? 0;
}
