import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';
import type { UsageQuestion } from './usagePanelTypes.ts';

/** Reports on keys that had no turn: without figures, or with those of before. */
export function heldReports(answer: UsageAnswer | undefined): readonly UsageReport[] {
  const { reports = [], missing = [] } = answer ?? {};
  return [...reports, ...missing].filter(({ retryAt }) => retryAt !== undefined);
}

/** The same question about the keys that had no turn; undefined when all had one. */
export function heldQuestion(answer: UsageAnswer | undefined): UsageQuestion | undefined {
  const held = heldReports(answer);
  return answer && held.length > 0
    ? { ...answer.question, keyIds: held.map(({ keyId }) => keyId) }
    : undefined;
}

/** An answer with what is known anew about some of the keys in the place of what there was about them. */
export function filledIn(answer: UsageAnswer, { reports, missing }: UsageAnswers): UsageAnswer {
  const anew = new Set([...reports, ...missing].map(({ keyId }) => keyId));
  const others = (list: readonly UsageReport[] = []) => list.filter(({ keyId }) => !anew.has(keyId));
  const lacking = [...others(answer.missing), ...missing];
  return {
    ...answer,
    reports: [...others(answer.reports), ...reports],
    missing: lacking,
    problems: lacking.flatMap(({ note }) => note ?? []),
  };
}
