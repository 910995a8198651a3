import type { Anomaly } from '../quota/anomalies.ts';
import type { Unit } from '../quota/unit.ts';
import type { UsageReport } from '../quota/usageReport.ts';
import { amountText } from './amount.ts';
import { t } from './l10n.ts';
import { plainMarkdown, plainTable } from './markdownText.ts';
import { unitName } from './reportCsv.ts';
import { reportSection } from './reportMarkdown.ts';

/** One key's part of a budget review. */
export interface ReviewPart {
  readonly report: UsageReport;
  readonly anomalies: readonly Anomaly[];
  /** What was left at the ends of the range, where it was recorded. */
  readonly opening?: number;
  readonly closing?: number;
}

export interface Review {
  readonly from: string;
  readonly to: string;
  /** ISO 8601; the only thing that differs between two reviews of the same answers. */
  readonly createdAt: string;
  readonly parts: readonly ReviewPart[];
  /** Keys about which nothing could be said, with the reason. */
  readonly unverified: readonly string[];
  /** Price paid per unit of list price for token-billed models, if the user set one: 0.8 for 20 % off. */
  readonly ratio?: number;
}

/** The review as Markdown: what a reviewer can rely on, and what not. */
export function reviewMarkdown(review: Review): string {
  const { parts } = review;
  return [
    `# ${plainMarkdown(t('Budget review {0} to {1}', review.from, review.to))}`,
    plainMarkdown(t('Created {0} with Key Quota.', review.createdAt)),
    `## ${t('Totals')}`,
    totals(parts),
    `## ${t('Opening and closing balance')}`,
    balances(parts),
    `## ${t('Reconciliation')}`,
    reconciliation(review),
    `## ${t('Anomalies')}`,
    anomalies(parts),
    `## ${t('What could not be verified')}`,
    unverified(review),
    `## ${t('Details')}`,
    ...parts.map(({ report }) => reportSection(report, 3)),
    '',
  ].join('\n\n');
}

function totals(parts: readonly ReviewPart[]): string {
  if (parts.length === 0) return t('No figures.');
  const rows = parts.map(({ report }) => [
    nameOf(report),
    report.total ? amountText(report.total.used, report.unit, 'full') : '–',
    String(report.total?.requests ?? '–'),
    report.coverage.complete ? t('whole range') : t('part of the range'),
    report.source,
  ]);
  const sums = [...Map.groupBy(parts, ({ report }) => unitName(report))].map(([unit, members]) => {
    const sum = members.reduce((total, { report }) => total + (report.total?.used ?? 0), 0);
    const shown = members[0] && amountText(Number(sum.toPrecision(15)), members[0].report.unit, 'full');
    return [t('all in {0}', unit), shown ?? '–', '', '', ''];
  });
  const overlap =
    parts.some(({ report }) => report.scope.account) && parts.some(({ report }) => report.scope.key);
  const note = overlap
    ? `\n\n${t('An account’s figures include those of its keys: do not add the two.')}`
    : '';
  return (
    plainTable(
      [t('Name'), t('Used'), t('Requests'), t('Coverage'), t('Source')],
      overlap ? rows : [...rows, ...sums],
    ) + note
  );
}

function balances(parts: readonly ReviewPart[]): string {
  const shown = (amount: number | undefined, unit: Unit) =>
    amount === undefined ? t('not recorded') : amountText(amount, unit, 'full');
  return plainTable(
    [t('Name'), t('Opening'), t('Closing')],
    parts.map(({ report, opening, closing }) => [
      nameOf(report),
      shown(opening, report.unit),
      shown(closing, report.unit),
    ]),
  );
}

/** Seed 002's note: two kinds of billing, and a ratio nobody but the user can vouch for. */
function reconciliation({ parts, ratio }: Review): string {
  const units = [...new Set(parts.map(({ report }) => unitName(report)))].join(', ');
  const lines = [
    t('Amounts are in the gateways’ own units ({0}), as each of them reports them.', units || '–'),
    t(
      'Models with an official API are billed by tokens, at a ratio to the provider’s list price that can change and may be lowered by volume discounts.',
    ),
    t(
      'Models without an official API (many for images and video) are billed by the call: token counts say nothing about their cost, request counts do.',
    ),
    ratio === undefined
      ? t(
          'No ratio was set, so no list-price equivalent is stated. Verify the ratio in force with the gateway before you present one.',
        )
      : t('Ratio set by the reviewer: {0}. It was not verified against the gateway.', String(ratio)),
  ];
  const listPrices = ratio === undefined ? [] : parts.flatMap(part => listPrice(part, ratio));
  return [...lines, ...listPrices].map(line => `- ${plainMarkdown(line)}`).join('\n');
}

function listPrice({ report }: ReviewPart, ratio: number): string[] {
  if (!report.total) return [];
  const equivalent = Number((report.total.used / ratio).toPrecision(15));
  return [
    t(
      '{0}: {1} is {2} at list price, if all of it was billed by tokens.',
      nameOf(report),
      amountText(report.total.used, report.unit, 'full'),
      amountText(equivalent, report.unit, 'full'),
    ),
  ];
}

function anomalies(parts: readonly ReviewPart[]): string {
  const lines = parts.flatMap(({ report, anomalies: found }) =>
    found.map(anomaly => anomalyText(anomaly, report)),
  );
  if (lines.length === 0) return t('None found.');
  const advice = t(
    'For each of these: look at the gateway’s request log for addresses you do not know. If the key may have leaked, disable it and replace it before the review closes.',
  );
  return [...lines.map(line => `- ${plainMarkdown(line)}`), '', plainMarkdown(advice)].join('\n');
}

/** One anomaly with its figures. */
function anomalyText(anomaly: Anomaly, report: UsageReport): string {
  const used = amountText(anomaly.used, report.unit, 'full');
  switch (anomaly.kind) {
    case 'high-day':
      return t(
        '{0}, {1}: {2} spent, where {3} is usual.',
        nameOf(report),
        anomaly.at,
        used,
        amountText(anomaly.usual, report.unit, 'full'),
      );
    case 'strange-hour':
      return t(
        '{0}, {1}: {2} spent at an hour without spend before; usual hours are {3}.',
        nameOf(report),
        anomaly.at,
        used,
        anomaly.hours.join(', '),
      );
    case 'not-idle':
      return t('{0}: {1} spent, though no spend was expected.', anomaly.at, used);
  }
}

function unverified({ parts, unverified: missing }: Review): string {
  const lines = [
    ...missing,
    ...parts.flatMap(({ report }) => (report.note ? [report.note] : [])),
    ...parts
      .filter(({ report }) => !report.coverage.complete)
      .map(({ report }) =>
        t(
          '{0}: the figures cover {1} to {2} only.',
          nameOf(report),
          report.coverage.from ?? '?',
          report.coverage.to ?? '?',
        ),
      ),
    ...parts
      .filter(({ report }) => report.coverage.reason === 'gateway-days')
      .map(({ report }) =>
        t('{0}: days are the gateway’s; their time zone is not documented.', nameOf(report)),
      ),
  ];
  return lines.length === 0 ? t('Nothing.') : lines.map(line => `- ${plainMarkdown(line)}`).join('\n');
}

function nameOf({ scope }: UsageReport): string {
  return scope.key ?? scope.account ?? '';
}
