import { headlineOf } from '../../src/core/usage/headline.ts';
import type { UsageReport } from '../../src/core/usage/usageReport.ts';

/** How many keys and per cent of the range the figures over these reports may be said to cover. */
export function sharesOf(reports: readonly UsageReport[], now: number): number[] {
  const groups: UsageReport[][] = [[]];
  for (const report of reports) groups.push(...groups.map(group => [...group, report]));
  return groups.flatMap(group => {
    const { keysWithTotal, keyCount, coveredShare } = headlineOf(group, reports.length - group.length, now);
    const percent = Math.max(1, Math.min(99, coveredShare * 100));
    return [keysWithTotal, keyCount, Math.round(percent), Math.floor(percent), Math.ceil(percent)];
  });
}
