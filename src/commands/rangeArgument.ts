import type { DateRange } from '../gateways/verification.ts';
import { localDay, parseRange, type Range, type RangeProblem } from '../quota/range.ts';
import { t } from '../words/l10n.ts';

/** What is wrong with a range, and how to put it right. */
export function rangeProblemText(problem: RangeProblem): string {
  switch (problem) {
    case 'half':
      return t('A range needs both ends: from and to.');
    case 'not-a-date':
      return t('That is not a date. Dates look like 2026-06-01.');
    case 'milliseconds':
      return t('Times are whole seconds since 1970, not milliseconds.');
    case 'reversed':
      return t('The range ends before it begins.');
    case 'future':
      return t('The range begins in the future.');
    case 'too-long':
      return t('The range is longer than a year. Ask for one year at most.');
  }
}

/** The range in a command's argument. Throws a sentence before anything is asked. */
export function rangeOfArgument(
  { from, to }: Readonly<Record<string, unknown>>,
  now: number,
): { readonly range: Range; readonly days: DateRange } {
  const { range, problem } = parseRange(from, to, now);
  if (problem) throw new Error(rangeProblemText(problem));
  return { range, days: { from: localDay(range.from), to: localDay(range.to) } };
}
