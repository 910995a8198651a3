import type { UsageReport } from '../../core/usage/usageReport.ts';
import { isModelName } from './untrustedNames.ts';

/** A report as an agent sees it. */
export interface UsageAnswer extends Omit<UsageReport, 'scope' | 'keyId' | 'timeline'> {
  readonly key: string;
}

/**
 * Leaves out of a report what an agent may not know. With a name for the key alone, the account's other keys
 * become numbers by what they used, and the sentences that name key and gateway are left out. A model whose name
 * cannot be one goes by a number.
 */
export function usageAnswer(report: UsageReport, key: string, withNames: boolean): UsageAnswer {
  const { scope: _scope, keyId: _keyId, note, timeline: _timeline, ...rest } = report;
  const byModel = rest.byModel?.map((row, index) =>
    isModelName(row.name) || row.name === '' ? row : { ...row, name: `model ${index + 1}, its name is odd` },
  );
  const figures = { ...rest, ...(byModel && { byModel }) };
  if (withNames) return { ...figures, key, note };
  const byKey = report.byKey?.map((row, index) => ({ ...row, name: `account key ${index + 1}` }));
  return { ...figures, ...(byKey && { byKey }), key };
}
