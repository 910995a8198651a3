import type { UsageReport } from '../quota/usageReport.ts';

/** The version of the JSON form; its members are those of `UsageReport`. */
const SCHEMA = 'key-quota/usage-reports/1';

/** Reports as JSON, with units and sources, numbers exact. */
export function reportsJson(reports: readonly UsageReport[]): string {
  return `${JSON.stringify({ schema: SCHEMA, reports }, null, 2)}\n`;
}
