import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';

/** How long a kept report is shown again without asking. */
const FRESH_MS = 5 * MINUTE_MS;

/** The part of an answer that is about some keys. */
export function partOf(answer: UsageAnswer, keyIds: readonly string[]): Required<UsageAnswers> {
  const ids = new Set(keyIds);
  const of = <Each extends { readonly keyId: string }>(list: readonly Each[] = []) =>
    list.filter(({ keyId }) => ids.has(keyId));
  const missing = of(answer.missing);
  return {
    reports: of(answer.reports),
    missing,
    lacks: of(answer.lacks),
    problems: missing.flatMap(({ note }) => note ?? []),
  };
}

/** The keys that an answer has a report on, with figures or without. */
export function answeredIds({
  reports,
  missing = [],
}: Pick<UsageAnswer, 'reports' | 'missing'>): readonly string[] {
  return [...new Set([...reports, ...missing].map(({ keyId }) => keyId))];
}

/** Keeps reports of deselected keys, so that keys that are selected again soon need not be asked about. */
export class DeselectedReports {
  #kept: { readonly answer: UsageAnswer; readonly at: number } | undefined;

  /** Keeps the reports of an answer at `now`, epoch milliseconds. */
  keepReports(answer: UsageAnswer, now: number): void {
    const before = this.#keptFor(answer.question, now);
    const ids = answeredIds(answer);
    const others =
      before &&
      partOf(
        before,
        answeredIds(before).filter(id => !ids.includes(id)),
      );
    this.#kept = {
      // The oldest decides how long all of it is kept.
      at: before && this.#kept ? this.#kept.at : now,
      answer: {
        ...answer,
        reports: [...answer.reports, ...(others?.reports ?? [])],
        missing: [...(answer.missing ?? []), ...(others?.missing ?? [])],
        lacks: [...(answer.lacks ?? []), ...(others?.lacks ?? [])],
      },
    };
  }

  /** The reports kept for a question; undefined where none are recent enough. */
  reportsFor(question: UsageAnswer['question'], now: number): UsageAnswers | undefined {
    const kept = this.#keptFor(question, now);
    return kept && partOf(kept, question.keyIds);
  }

  #keptFor({ from, to }: UsageAnswer['question'], now: number): UsageAnswer | undefined {
    const { answer, at } = this.#kept ?? {};
    if (!answer || at === undefined || now - at >= FRESH_MS) return undefined;
    return answer.question.from === from && answer.question.to === to ? answer : undefined;
  }
}
