import type { ExportedPart } from '../../core/panels/usageExport.ts';
import { isCompleteReport } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** The version of the JSON form; its members are those of `UsageReport`. */
const JSON_SCHEMA = 'key-quota/usage-reports/1';

/**
 * Serializes reports as JSON, with units and sources, and exact numbers. Its first members say whether anything is
 * missing, whose totals are, and which part of all spend it is.
 */
export function reportsJson(reports: readonly UsageReport[], only?: ExportedPart): string {
  const complete = reports.every(isCompleteReport);
  const missing = reports.filter(({ total }) => total === undefined).map(({ keyId }) => keyId);
  return `${JSON.stringify({ schema: JSON_SCHEMA, complete, missing, only, reports }, null, 2)}\n`;
}
