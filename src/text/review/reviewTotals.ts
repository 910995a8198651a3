import * as l10n from '@vscode/l10n';
import { unitName } from '../../core/quota/unit.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../amount.ts';
import { type Block, paragraph, table } from '../document/block.ts';
import { shareOfSumText } from '../percent.ts';
import { dateTimeText } from '../time.ts';
import { scopeName, sourceName } from '../usage.ts';
import { coveredText, flawedTitle } from '../usageHeadline.ts';
import type { ReviewPart } from './reviewContent.ts';
import { hasAccountsAndKeys, hasSum, type UnitSum, unitSums } from './reviewSums.ts';

/** What each key spent, its share of the total in its unit, and the totals. `now` is in epoch milliseconds. */
export function totalsSection(parts: readonly ReviewPart[], now: number): Block[] {
  if (parts.length === 0) return [paragraph(l10n.t('No figures.'))];
  const sums = unitSums(parts, now).filter(hasSum);
  const columns = [
    { head: l10n.t('Name') },
    { head: l10n.t('Used'), isNumber: true },
    { head: l10n.t('Share'), isNumber: true },
    { head: l10n.t('Requests'), isNumber: true },
    { head: l10n.t('Covers') },
    { head: l10n.t('Source') },
  ];
  const rows = parts.map(({ report }) => totalRow(report, sums));
  return [
    table(columns, [
      ...rows,
      ...sums.filter(({ members }) => members.length > 1).map(sum => sumRow(sum, parts.length)),
    ]),
    ...(hasAccountsAndKeys(parts)
      ? [paragraph(l10n.t('An account’s figures include those of its keys, so the two are not added.'))]
      : []),
    paragraph(
      l10n.t(
        'Amounts of a cent and more are rounded to cents in this text; the files for programs have every digit.',
      ),
    ),
  ];
}

function totalRow(report: UsageReport, sums: readonly UnitSum[]): string[] {
  const { total, unit, source } = report;
  const sum = sums.find(({ members }) => members.some(each => each.report === report));
  const share = total && sum && sum.members.length > 1 && sum.used > 0 ? total.used / sum.used : undefined;
  return [
    scopeName(report),
    total ? amountText(total.used, unit, 'cents', 'nearest') : l10n.t('unknown'),
    share === undefined ? '–' : shareOfSumText(share),
    total?.requests === undefined ? '–' : countText(total.requests),
    total ? coverageCell(report) : l10n.t('none of the range'),
    total ? sourceName(source) : '–',
  ];
}

function coverageCell(report: UsageReport): string {
  if (!report.coverage.complete) return l10n.t('part of the range');
  const { answeredAt } = report;
  return answeredAt === undefined
    ? l10n.t('whole range')
    : l10n.t('whole range, as of {0}', dateTimeText(answeredAt));
}

function sumRow({ unit, members, used, headline }: UnitSum, partCount: number): string[] {
  const name = unitName(unit);
  return [
    flawedTitle(l10n.t('Total in {0}', name), headline.flaw),
    amountText(used, unit, 'cents', 'nearest'),
    '',
    requestSumText(members),
    headline.isComplete
      ? members.length < partCount
        ? l10n.t('keys with a figure in {0}', name)
        : ''
      : coveredText(headline),
    '',
  ];
}

function requestSumText(members: readonly ReviewPart[]): string {
  const counts = members.map(({ report }) => report.total?.requests);
  const isKnown = counts.every(count => count !== undefined);
  return isKnown ? countText(counts.reduce((sum, count) => sum + count, 0)) : '–';
}
