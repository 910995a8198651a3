import * as l10n from '@vscode/l10n';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { joinNames } from '../../text/clauses.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { coverageOrLackText, scopeName, sourceText } from '../../text/usage.ts';
import { answerAgeText } from '../../text/usageHeadline.ts';

/** What there is to know about some reports' figures. */
export interface CoverageNote {
  /** Whose reports; empty when it is true of all. */
  readonly names: readonly string[];
  readonly text: string;
  /** Whether something of the range is missing. */
  readonly isPartial: boolean;
}

/** Where the figures come from and what they cover. Reports of which the same is true share a sentence. */
export function coverageNotes(reports: readonly UsageReport[]): readonly CoverageNote[] {
  const groups = Map.groupBy(reports, report =>
    joinSentences(
      answerAgeText(report),
      report.note,
      report.total === undefined ? undefined : sourceText(report.source),
      coverageOrLackText(report),
    ),
  );
  return [...groups].map(([text, members]) => ({
    names: groups.size === 1 ? [] : members.map(scopeName),
    text,
    isPartial: members.some(({ coverage }) => !coverage.complete),
  }));
}

const MOST_NAMES = 4;

/** Names as one text: `Cline, Roo and 12 more`. */
export function namesText(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return joinNames(names);
  const shown = names.slice(0, MOST_NAMES - 1);
  return l10n.t('{0} and {1} more', joinNames(shown), names.length - shown.length);
}

/** What stands above the reasons why keys are missing: beside the figures of others, or in place of any. */
export function lackTitle(hasFigures: boolean): string {
  return hasFigures ? l10n.t('Not in these figures:') : l10n.t('No figures, because:');
}
