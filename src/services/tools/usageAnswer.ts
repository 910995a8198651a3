import type { UsageReport } from '../../core/usage/usageReport.ts';
import { isModelName } from './untrustedNames.ts';

/** A usage report for an agent. */
export interface UsageAnswer extends Omit<UsageReport, 'scope' | 'keyId' | 'timeline'> {
  readonly key: string;
}

/**
 * The report without what an agent may not know. With `withNames` false, the account's other keys are
 * numbered by spend, and the note, which names key and gateway, is left out. Models with names that look like
 * none are numbered.
 */
export function usageAnswer(report: UsageReport, key: string, withNames: boolean): UsageAnswer {
  const { scope: _scope, keyId: _keyId, note, timeline: _timeline, ...rest } = report;
  const byModel = rest.byModel?.map((row, index) =>
    isModelName(row.name) || row.name === '' ? row : { ...row, name: `model ${index + 1}, its name is odd` },
  );
  const figures = { ...rest, ...(byModel && { byModel }) };
  if (withNames) return { ...figures, key, note };
  const byKey = report.byKey?.map((row, index) =>
    row.name === '' ? row : { ...row, name: `account key ${index + 1}` },
  );
  return { ...figures, ...(byKey && { byKey }), key };
}
