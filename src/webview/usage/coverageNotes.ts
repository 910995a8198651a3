import type { UsageReport } from '../../core/usage/usageReport.ts';
import { joinFewNames } from '../../text/clauses.ts';
import { coverageOrLackText } from '../../text/coverage.ts';
import { isolatedName } from '../../text/isolatedName.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { scopeName, sourceText } from '../../text/usage.ts';
import { answerAgeText } from '../../text/usageHeadline.ts';

/** A note on the coverage of some reports. */
export interface CoverageNote {
  /** The names of the reports; empty when the note is about all of them. */
  readonly names: readonly string[];
  readonly text: string;
  /** Whether a part of the range is missing. */
  readonly isPartial: boolean;
}

/** Where the figures come from and what they cover. Reports with the same answer share a note. */
export function coverageNotes(reports: readonly UsageReport[]): readonly CoverageNote[] {
  const groups = Map.groupBy(reports, report =>
    joinSentences(
      answerAgeText(report),
      // Why keys wait for their turn is said once for all of them.
      report.retryAt === undefined ? report.note : undefined,
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

const MAX_NAMES = 4;

/** Names as one text: `Cline, Roo and 12 more`. Never “and 1 more”, for which the name takes as little room. */
export const namesText = (names: readonly string[]): string =>
  joinFewNames(names.map(isolatedName), names.length <= MAX_NAMES ? MAX_NAMES : MAX_NAMES - 1);
