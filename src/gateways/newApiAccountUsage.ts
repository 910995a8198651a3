import type { Range } from '../quota/range.ts';
import type { Scale } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import type { Progress, Visit } from './gateway.ts';
import { readHourlyUsage } from './newApiData.ts';
import { countLogRows, readLogUsage } from './newApiLogUsage.ts';

/** At 100 rows a call this stays well inside the request budget, and within a minute. */
const MAX_ROWS = 4000;

/**
 * What an account spent: from its log rows while there are not too many, which is exact by key, model and
 * hour; else from the gateway's own hourly sums, which know no keys.
 */
export async function readAccountUsage(
  visit: Visit,
  range: Range,
  scale: Scale,
  progress?: Progress,
): Promise<Usage> {
  const rows = await countLogRows(visit, range);
  return rows !== undefined && rows <= MAX_ROWS
    ? readLogUsage(visit, range, scale, progress)
    : readHourlyUsage(visit, range, scale);
}
