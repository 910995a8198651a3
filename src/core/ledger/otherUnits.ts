import type { ScaleCoverage, TimeSpan } from '../ports/ledgerTable.ts';
import { isSameUnit, type Unit } from '../quota/unit.ts';
import { subtractSpans } from './spans.ts';

/** The spans of which spend was told, but in other units: an amount in this one is not all of it. */
export function spansInOtherUnits(
  unit: Pick<Unit, 'code' | 'symbol'>,
  scales: readonly ScaleCoverage[],
): readonly TimeSpan[] {
  const spansOf = (isSame: boolean) =>
    scales.filter(scale => isSameUnit(scale.unit, unit) === isSame).flatMap(({ covered }) => covered);
  return subtractSpans(spansOf(false), spansOf(true));
}
