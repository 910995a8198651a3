import type { LedgerProgress } from '../ports/ledgerTable.ts';
import type { Reading } from '../quota/reading.ts';
import { isSameUnit } from '../quota/unit.ts';

/**
 * The `used` counter of a reading in the raw units of a log; undefined where it has none, or counts in another unit.
 */
export function usedRawOf(
  reading: Reading | undefined,
  { unit, perUnit }: Pick<LedgerProgress, 'unit' | 'perUnit'>,
): number | undefined {
  const used = reading?.quota?.used ?? reading?.account?.used;
  if (reading === undefined || used === undefined || !isSameUnit(reading.unit, unit)) return undefined;
  return Math.round(used * perUnit);
}
