import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';
import type { UsageQuestion } from './usagePanelTypes.ts';

/** Reports of keys that the request budget holds: without figures, or with those of an earlier answer. */
export function heldReports(answer: UsageAnswer | undefined): readonly UsageReport[] {
  const { reports = [], missing = [] } = answer ?? {};
  return [...reports, ...missing].filter(({ retryAt }) => retryAt !== undefined);
}

/** A question about one key alone is asked although the checks of the key are paused. */
export function forOneKey({ keyIds }: UsageQuestion): AskOptions {
  return { evenIfPaused: keyIds.length === 1 };
}

/** The same question for the held keys; undefined when none is held. */
export function heldQuestion(answer: UsageAnswer | undefined): UsageQuestion | undefined {
  const held = heldReports(answer);
  return answer && held.length > 0
    ? { ...answer.question, keyIds: held.map(({ keyId }) => keyId) }
    : undefined;
}

/** An answer in which the reports of some keys are replaced by newer ones. */
export function mergeAnswers(
  answer: UsageAnswer,
  { reports, missing, lacks = [] }: UsageAnswers,
): UsageAnswer {
  const answeredIds = new Set([...reports, ...missing].map(({ keyId }) => keyId));
  const others = <Each extends { readonly keyId: string }>(list: readonly Each[] = []) =>
    list.filter(({ keyId }) => !answeredIds.has(keyId));
  const missingReports = [...others(answer.missing), ...missing];
  return {
    ...answer,
    reports: [...others(answer.reports), ...reports],
    missing: missingReports,
    lacks: [...others(answer.lacks), ...lacks],
    problems: missingReports.flatMap(({ note }) => note ?? []),
  };
}
