import * as l10n from '@vscode/l10n';
import { localDay, parseRange, type RangeProblem } from '../core/usage/range.ts';
import type { RangeEnds, RangePreset } from '../core/usage/rangePresets.ts';
import { cachedFormat } from './cachedFormats.ts';
import { dateTimeText } from './time.ts';

/** What is wrong with a range, as a sentence: `This is not a date. Dates look like 2026-06-01.` */
export function rangeProblemText(problem: RangeProblem): string {
  switch (problem) {
    case 'half':
      return l10n.t('A range needs a start and an end: from and to.');
    case 'not-a-date':
      return l10n.t('This is not a date. Dates look like 2026-06-01.');
    case 'milliseconds':
      return l10n.t('Times are whole seconds since 1970, not milliseconds.');
    case 'reversed':
      return l10n.t('The range ends before it begins.');
    case 'future':
      return l10n.t('The range begins in the future.');
    case 'too-long':
      return l10n.t('The range is longer than a year. Query one year at most.');
  }
}

/** The name of a preset: `Last 7 days`. */
export function presetName(preset: RangePreset): string {
  switch (preset) {
    case 'today':
      return l10n.t('Today');
    case 'yesterday':
      return l10n.t('Yesterday');
    case 'last-24-hours':
      return l10n.t('Last 24 hours');
    case 'last-7-days':
      return l10n.t('Last 7 days');
    case 'last-30-days':
      return l10n.t('Last 30 days');
    case 'this-month':
      return l10n.t('This month');
    case 'last-month':
      return l10n.t('Last month');
    case 'this-quarter':
      return l10n.t('This quarter');
  }
}

const dayFormat = cachedFormat(
  (language, dateStyle: 'medium') => new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }),
);

/** A range with both ends in the display language: `Jun 1 – 14, 2026`. */
export function rangeText({ from, to }: RangeEnds): string {
  if (!isDay(from) || !isDay(to)) return l10n.t('{0} to {1}', dateTimeText(from), dateTimeText(to));
  const format = dayFormat('medium');
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const range = format.formatRange(start, end);
  const first = format.format(start);
  // In Chinese a range has dates of another form than those beside it.
  return range.startsWith(first.slice(0, 5)) ? range : l10n.t('{0} to {1}', first, format.format(end));
}

/** The range of a report, whose ends are moments: as days (`Jun 1 – 14, 2026`) where it is whole local days. */
export function periodText({ from, to }: RangeEnds): string {
  const ends = { from: localDay(Date.parse(from)), to: localDay(Date.parse(to)) };
  const { range } = parseRange(ends.from, ends.to, Date.parse(to));
  const isWhole = range?.from === Date.parse(from) && range.to === Date.parse(to);
  return rangeText(isWhole ? ends : { from, to });
}

function isDay(text: string): boolean {
  return text.length === '2026-06-01'.length;
}
