import * as l10n from '@vscode/l10n';
import { flawOf } from '../../core/usage/headline.ts';
import { type Block, heading, list, paragraph } from '../document/block.ts';
import { reportBlocks } from '../exports/reportMarkdown.ts';
import { withFigures } from '../hiddenFigures.ts';
import { rangeText } from '../range.ts';
import { dateTimeText } from '../time.ts';
import { scopeName } from '../usage.ts';
import { flawedFileName, flawedTitle } from '../usageHeadline.ts';
import { anomaliesSection } from './reviewAnomalies.ts';
import { balancesSection } from './reviewBalances.ts';
import { chartsSection } from './reviewCharts.ts';
import type { Review } from './reviewContent.ts';
import { doubtsSection } from './reviewDoubts.ts';
import { reconciliationSection } from './reviewReconciliation.ts';
import { summarySection } from './reviewSummary.ts';
import { totalsSection } from './reviewTotals.ts';

/** The title of a review, with what is wrong with its figures. */
export function reviewTitle(review: Review): string {
  const flaw = flawOf(review.parts.map(({ report }) => report));
  return flawedTitle(l10n.t('Budget review: {0}', rangeText(review)), flaw);
}

/** A budget review: its figures, the most wanted first, and which of them could not be verified. */
export function reviewBlocks(review: Review): readonly Block[] {
  return withFigures(() => blocksOf(review));
}

function blocksOf(review: Review): readonly Block[] {
  const { parts } = review;
  const flaw = flawOf(parts.map(({ report }) => report));
  const charts = chartsSection(parts);
  return [
    heading(1, reviewTitle(review)),
    paragraph(
      l10n.t(
        'Created {0} with Key Quota. Days and times are those of the time zone {1}.',
        dateTimeText(review.createdAt),
        review.timeZone,
      ),
    ),
    ...(review.reviewer === '' ? [] : [paragraph(l10n.t('Reviewer: {0}', review.reviewer))]),
    heading(2, l10n.t('Summary')),
    ...summarySection(review),
    ...charts,
    heading(2, l10n.t('Totals')),
    ...totalsSection(parts, Date.parse(review.createdAt)),
    heading(2, l10n.t('Opening and closing balance')),
    ...balancesSection(parts),
    heading(2, l10n.t('Reconciliation')),
    // A report without a total has no known unit either.
    ...reconciliationSection({ ...review, parts: parts.filter(({ report }) => report.total !== undefined) }),
    heading(2, l10n.t('Anomalies')),
    ...anomaliesSection(parts),
    heading(2, l10n.t('What could not be verified')),
    doubtsSection(review),
    ...parts
      .filter(hasDetails)
      .flatMap(({ report }) => [
        heading(2, l10n.t('Details: {0}', scopeName(report))),
        ...reportBlocks(report, 3, 'cents'),
      ]),
    heading(2, l10n.t('Files')),
    list([
      l10n.t(
        '{0} and {1}: the same figures for spreadsheets and programs.',
        flawedFileName('usage.csv', flaw),
        flawedFileName('usage.json', flaw),
      ),
      l10n.t('{0}: this text as a page to print.', flawedFileName('review.html', flaw)),
      ...charts.flatMap(block =>
        block.kind === 'picture' ? [l10n.t('{0}: {1}.', block.file, block.text)] : [],
      ),
      l10n.t('verification.md: the tests of the gateways behind these figures.'),
    ]),
  ];
}

/**
 * Whether a report gets a section of its own. Of a key without any figure, totals and doubts say everything already.
 */
function hasDetails({ report }: Review['parts'][number]): boolean {
  const { total, others = [], coverage } = report;
  return total !== undefined || others.length > 0 || coverage.reason !== 'not-told';
}
