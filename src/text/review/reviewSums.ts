import { type Unit, unitId } from '../../core/quota/unit.ts';
import { isKnownTotal, type UnitTotal, unitTotals } from '../../core/usage/unitTotals.ts';
import type { ReviewPart } from './reviewContent.ts';

/** The sum of all figures in one unit. */
export interface UnitSum extends Pick<UnitTotal, 'unit' | 'headline'> {
  /** The parts whose figures make up the sum. */
  readonly members: readonly ReviewPart[];
  readonly used: number;
}

/**
 * The sums by unit, at a time in epoch milliseconds; for a unit in which accounts stand beside keys that may be theirs,
 * only its name.
 */
export function unitSums(parts: readonly ReviewPart[], now: number): readonly (UnitSum | Unit)[] {
  const reports = parts.map(({ report }) => report);
  return unitTotals(reports, now).map(total => {
    if (!isKnownTotal(total)) return total.unit;
    const { unit, used, headline, counted } = total;
    return { unit, used, headline, members: parts.filter(({ report }) => counted.includes(report)) };
  });
}

/** Whether there is a sum of a unit. */
export function hasSum(sum: UnitSum | Unit): sum is UnitSum {
  return 'used' in sum;
}

/** Whether in any unit accounts stand beside keys: their figures include those of their keys. */
export function hasAccountsAndKeys(parts: readonly ReviewPart[]): boolean {
  const known = parts.map(({ report }) => report).filter(({ total }) => total !== undefined);
  return [...Map.groupBy(known, ({ unit }) => unitId(unit)).values()].some(
    ofUnit => ofUnit.some(({ scope }) => scope.account) && ofUnit.some(({ scope }) => scope.key),
  );
}
