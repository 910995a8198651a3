import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import { unitId, unitName } from '../../core/quota/unit.ts';
import { flawOf, headlineOf, isUncertainReport } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../amount.ts';
import { escapeMarkdown } from '../escapeMarkdown.ts';
import { escapedList, escapedTable } from '../exports/markdown.ts';
import { reportParts } from '../exports/reportMarkdown.ts';
import { rangeText } from '../range.ts';
import { dateTimeText } from '../time.ts';
import { coverageReasonText, coversWholeTime, lackReasonText, scopeName, sourceName } from '../usage.ts';
import { answerAgeText, coveredText, flawedFileName, flawedTitle } from '../usageHeadline.ts';
import { anomaliesText } from './reviewAnomalies.ts';
import { balancesText } from './reviewBalances.ts';
import type { Review, ReviewPart } from './reviewContent.ts';
import { reconciliationText } from './reviewReconciliation.ts';

/** A budget review as Markdown: its figures, and which of them could not be verified. */
export function reviewMarkdown(review: Review): string {
  const { parts } = review;
  const title = l10n.t('Budget review: {0}', rangeText(review));
  const flaw = flawOf(parts.map(({ report }) => report));
  return [
    `# ${escapeMarkdown(flawedTitle(title, flaw))}`,
    escapeMarkdown(
      l10n.t(
        'Created {0} with Key Quota. Days and times are those of the time zone {1}.',
        dateTimeText(review.createdAt),
        review.timeZone,
      ),
    ),
    `## ${l10n.t('Totals')}`,
    ...totalsSection(parts, Date.parse(review.createdAt)),
    `## ${l10n.t('Opening and closing balance')}`,
    ...balancesText(parts),
    `## ${l10n.t('Reconciliation')}`,
    // A report without a total has no known unit either.
    ...reconciliationText({ ...review, parts: parts.filter(({ report }) => report.total !== undefined) }),
    `## ${l10n.t('Anomalies')}`,
    ...anomaliesText(parts),
    `## ${l10n.t('What could not be verified')}`,
    unverifiedSection(review),
    ...parts.flatMap(({ report }) => [
      `## ${escapeMarkdown(l10n.t('Details: {0}', scopeName(report)))}`,
      ...reportParts(report, 3),
    ]),
    `## ${l10n.t('Files')}`,
    escapedList([
      l10n.t(
        '{0} and {1}: the same figures for spreadsheets and programs.',
        flawedFileName('usage.csv', flaw),
        flawedFileName('usage.json', flaw),
      ),
      l10n.t('verification.md: the tests of the gateways behind these figures.'),
    ]),
    '',
  ].join('\n\n');
}

function totalsSection(parts: readonly ReviewPart[], now: number): string[] {
  if (parts.length === 0) return [l10n.t('No figures.')];
  const isMixed =
    parts.some(({ report }) => report.scope.account) && parts.some(({ report }) => report.scope.key);
  const rows = [...parts.map(({ report }) => totalRow(report)), ...(isMixed ? [] : sumRows(parts, now))];
  const columns = [
    { head: l10n.t('Name') },
    { head: l10n.t('Used'), isNumber: true },
    { head: l10n.t('Requests'), isNumber: true },
    { head: l10n.t('Covers') },
    { head: l10n.t('Source') },
  ];
  const note = l10n.t('An account’s figures include those of its keys, so the two are not added.');
  return [escapedTable(columns, rows), ...(isMixed ? [escapeMarkdown(note)] : [])];
}

function totalRow(report: UsageReport): string[] {
  const { total, unit, source } = report;
  return [
    scopeName(report),
    total ? amountText(total.used, unit, 'full', 'up') : l10n.t('not known'),
    total?.requests === undefined ? '–' : countText(total.requests),
    total ? coverageCell(report) : l10n.t('nothing of the range'),
    total ? sourceName(source) : '–',
  ];
}

function coverageCell(report: UsageReport): string {
  if (isUncertainReport(report))
    return report.coverage.partial
      ? l10n.t('part of the range, uncertain')
      : l10n.t('whole range, uncertain');
  if (!report.coverage.complete) return l10n.t('part of the range');
  const { answeredAt } = report;
  return answeredAt === undefined
    ? l10n.t('whole range')
    : l10n.t('whole range, as of {0}', dateTimeText(answeredAt));
}

/** The sum for each unit with more than one figure. Raw quota units of two gateways are different units. */
function sumRows(parts: readonly ReviewPart[], now: number): string[][] {
  const known = parts.filter(({ report }) => report.total && report.unit.code !== 'UNITS');
  return [...Map.groupBy(known, ({ report }) => unitId(report.unit)).values()].flatMap(members => {
    const [first] = members;
    if (!first || members.length < 2) return [];
    const unit = unitName(first.report.unit);
    const sum = members.reduce((all, { report }) => all + (report.total?.used ?? 0), 0);
    // A key without a figure may have spent in this unit too. A key with a figure in another unit has not.
    const missing = parts.filter(({ report }) => report.total === undefined).length;
    const headline = headlineOf(
      members.map(({ report }) => report),
      missing,
      now,
    );
    return [
      [
        flawedTitle(l10n.t('Total in {0}', unit), headline.flaw),
        amountText(exact(sum), first.report.unit, 'full', 'up'),
        requestSumText(members),
        headline.isComplete
          ? members.length < parts.length
            ? l10n.t('keys with a figure in {0}', unit)
            : ''
          : coveredText(headline),
        '',
      ],
    ];
  });
}

function requestSumText(members: readonly ReviewPart[]): string {
  const counts = members.map(({ report }) => report.total?.requests);
  const isKnown = counts.every(count => count !== undefined);
  return isKnown ? countText(counts.reduce((sum, count) => sum + count, 0)) : '–';
}

function unverifiedSection({ parts, unverified: missing }: Review): string {
  const sentences = [...missing, ...parts.flatMap(({ report }) => doubtSentences(report))];
  return sentences.length === 0 ? l10n.t('Nothing.') : escapedList(sentences);
}

function doubtSentences(report: UsageReport): string[] {
  const { coverage, note, total } = report;
  const { complete, from, to, reason } = coverage;
  const name = scopeName(report);
  const why = reason && (total ? coverageReasonText : lackReasonText)(reason, coverage);
  // Another sentence of this section says why.
  if (reason === 'not-told') return [l10n.t('{0}: no total is known.', name)];
  const doubts: string[] = [];
  if (note && total) doubts.push(note);
  const age = answerAgeText(report);
  if (age) doubts.push(l10n.t('{0}: {1}', name, age));
  if (!total) doubts.push(l10n.t('{0}: no total is known.', name));
  const isCut = total !== undefined && !complete && !coversWholeTime(coverage);
  if (isCut && from !== undefined && to !== undefined) {
    doubts.push(
      l10n.t('{0}: the figures cover {1} to {2} only.', name, dateTimeText(from), dateTimeText(to)),
    );
  }
  if (why) doubts.push(l10n.t('{0}: {1}', name, why));
  return doubts;
}
