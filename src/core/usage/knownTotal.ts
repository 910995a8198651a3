import type { UsageTotal } from './usage.ts';
import type { UsageReport } from './usageReport.ts';

/** A report's total, if its source gave one: where nothing of the range is covered, a 0 is only the sum of no rows. */
export function knownTotal({ total, coverage }: UsageReport): UsageTotal | undefined {
  const isOurs = total?.used === 0 && !coverage.complete && coverage.from === undefined;
  return isOurs ? undefined : total;
}
