import { exact } from '../../core/quota/exact.ts';
import { type Unit, unitId } from '../../core/quota/unit.ts';
import { type Headline, headlineOf } from '../../core/usage/headline.ts';
import type { ReviewPart } from './reviewContent.ts';

/** The sum of all figures in one unit. */
export interface UnitSum {
  readonly unit: Unit;
  /** The parts with a figure in the unit. */
  readonly members: readonly ReviewPart[];
  readonly used: number;
  readonly headline: Headline;
}

/** Whether accounts stand beside keys: their figures include those of their keys, so that nothing can be added. */
export function hasAccountsAndKeys(parts: readonly ReviewPart[]): boolean {
  return parts.some(({ report }) => report.scope.account) && parts.some(({ report }) => report.scope.key);
}

/**
 * The sums by unit, at a time in epoch milliseconds; none where accounts stand beside keys. Raw quota units of two gateways are
 * different units, so that only a single figure in them is a sum.
 */
export function unitSums(parts: readonly ReviewPart[], now: number): readonly UnitSum[] {
  if (hasAccountsAndKeys(parts)) return [];
  const known = parts.filter(({ report }) => report.total !== undefined);
  // A key without a figure may have spent in this unit too. A key with a figure in another unit has not.
  const missing = parts.length - known.length;
  return [...Map.groupBy(known, ({ report }) => unitId(report.unit)).values()].flatMap(members => {
    const [first] = members;
    if (!first || (first.report.unit.code === 'UNITS' && members.length > 1)) return [];
    const reports = members.map(({ report }) => report);
    return [
      {
        unit: first.report.unit,
        members,
        used: exact(reports.reduce((sum, { total }) => sum + (total?.used ?? 0), 0)),
        headline: headlineOf(reports, missing, now),
      },
    ];
  });
}
