import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';

/** The usage that covers most of a range; the first of equal ones. */
export function pickUsage(range: Range, candidates: readonly (Usage | undefined)[]): Usage | undefined {
  const known = candidates.filter(usage => usage !== undefined);
  const [best] = known.toSorted((a, b) => coveredMs(b, range) - coveredMs(a, range));
  return best;
}

/** How much of the range figures cover, in milliseconds; less than nothing where there are no figures. */
function coveredMs({ total, coverage }: Usage, { from, to }: Range): number {
  if (!total) return -1;
  if (coverage.complete) return to - from;
  if (coverage.from === undefined || coverage.to === undefined) return 0;
  const end = Math.min(to, Date.parse(coverage.to));
  const gaps = coverage.gaps?.map(gap => Date.parse(gap.to) - Date.parse(gap.from)) ?? [];
  return (
    Math.max(0, end - Math.max(from, Date.parse(coverage.from))) - gaps.reduce((sum, gap) => sum + gap, 0)
  );
}
