import { isCompleteReport, isUncertainReport } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** The version of the JSON form; its members are those of `UsageReport`. */
const JSON_SCHEMA = 'key-quota/usage-reports/1';

/**
 * Serializes reports as JSON, with units and sources, and exact numbers. Its first members say whether anything is
 * missing, whose totals are, and whether any total may be too high as well as too low.
 */
export function reportsJson(reports: readonly UsageReport[]): string {
  const complete = reports.every(isCompleteReport);
  const missing = reports.filter(({ total }) => total === undefined).map(({ keyId }) => keyId);
  const uncertain = reports.some(isUncertainReport) || undefined;
  return `${JSON.stringify({ schema: JSON_SCHEMA, complete, uncertain, missing, reports }, null, 2)}\n`;
}
