import * as l10n from '@vscode/l10n';
import type { LogsProgress } from '../../core/panels/logsMessages.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { LogFilterName } from '../../core/usage/logRow.ts';
import { amountText, countText } from '../../text/amount.ts';
import { rowsText } from '../../text/rowsText.ts';
import { filterName } from './logsFilterBar.ts';

/** How many rows are on the page, and of how many. */
export function rowCountText(shown: number, { total, isTotalLeast }: LogsProgress): string {
  // “0 of 0” and “7 of 5” would be hard to understand.
  if (total === undefined || total < Math.max(shown, 1)) return rowsText(shown);
  return isTotalLeast
    ? l10n.t('{0} of at least {1} rows', countText(shown), countText(total))
    : rowsText(shown, total);
}

/** What is known of all rows, and how reliable the rows on the page are. */
export function summaryText(shown: number, progress: LogsProgress): string {
  const { unit } = progress;
  if (!unit) return '';
  return [rowCountText(shown, progress), spendText(progress, unit), ...reliabilityTexts(progress)]
    .filter(part => part)
    .join(' · ');
}

function spendText({ summary }: LogsProgress, unit: Unit): string {
  if (!summary) return '';
  const used = amountText(summary.used, unit, 'exact', 'up');
  return summary.isContradicted
    ? l10n.t('The gateway’s summary says {0}, which its own rows contradict', used)
    : l10n.t('Spent in all of them: {0}', used);
}

function reliabilityTexts({ unreadable = 0, appliedHere = [], notApplied = [] }: LogsProgress): string[] {
  const names = (list: readonly LogFilterName[]) => list.map(filterName).join(', ');
  return [
    ...(unreadable > 0 ? [l10n.t('Rows that could not be read: {0}', countText(unreadable))] : []),
    ...(appliedHere.length > 0
      ? [l10n.t('The gateway ignores a part of the filter, so it was applied here: {0}', names(appliedHere))]
      : []),
    ...(notApplied.length > 0
      ? [l10n.t('Not filtered by this, because the gateway does not report it: {0}', names(notApplied))]
      : []),
  ];
}

/** Why there are no more rows; empty while there may be more. */
export function endText({ end, unreadable = 0 }: LogsProgress, shown: number, isFiltered = true): string {
  switch (end) {
    case 'whole':
      if (unreadable > 0) return l10n.t('There are no more rows.');
      if (shown > 0) return l10n.t('These are all rows.');
      return isFiltered
        ? l10n.t('The gateway has no rows for this filter.')
        : l10n.t('The gateway has no rows in this request log.');
    case 'cut-short':
      return l10n.t('The gateway counts more rows than it sends.');
    case 'repeats':
      return l10n.t('The gateway repeats its pages; there may be rows it does not show.');
    case 'too-many':
      return l10n.t('There are more rows than can be read. Narrow the filter.');
    default:
      return '';
  }
}
