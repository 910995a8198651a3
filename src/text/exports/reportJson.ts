import { isWholeReport } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** The version of the JSON form; its members are those of `UsageReport`. */
const SCHEMA = 'key-quota/usage-reports/1';

/** Reports as JSON, with units and sources, numbers exact, and at the head whether anything lacks and whose totals. */
export function reportsJson(reports: readonly UsageReport[]): string {
  const complete = reports.every(isWholeReport);
  const missing = reports.filter(({ total }) => total === undefined).map(({ keyId }) => keyId);
  return `${JSON.stringify({ schema: SCHEMA, complete, missing, reports }, null, 2)}\n`;
}
