import * as l10n from '@vscode/l10n';
import type { Anomaly, AnomalyChecks } from '../../core/usage/anomalies.ts';
import { isOverScales } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../amount.ts';
import { joinNames } from '../clauses.ts';
import { type Block, list, paragraph } from '../document/block.ts';
import { isolatedName } from '../isolatedName.ts';
import { scopeName } from '../usage.ts';
import type { ReviewPart } from './reviewContent.ts';

/** More names of all keys there are say less than that it is all. */
const MAX_NAMES = 3;

/**
 * The section on anomalies: each with its figures and what to do about it, and what could not be
 * checked for anomalies.
 */
export function anomaliesSection(parts: readonly ReviewPart[]): Block[] {
  const found = parts.flatMap(({ report, anomalies }) => anomalies.map(each => anomalyText(each, report)));
  const advice = l10n.t(
    'For each of these: look at the gateway’s request log for addresses you do not know. If the key may have leaked, disable it and replace it before the review closes.',
  );
  const unchecked = uncheckedSentences(parts);
  const none = parts.some(({ report }) => report.total)
    ? l10n.t('None found.')
    : l10n.t('There was nothing to look at.');
  return [
    ...(found.length > 0 ? [list(found), paragraph(advice)] : [paragraph(none)]),
    ...(unchecked.length > 0 ? [paragraph(l10n.t('Not looked for:')), list(unchecked)] : []),
  ];
}

/** One anomaly with its figures. */
function anomalyText(anomaly: Anomaly, report: UsageReport): string {
  const used = amountText(anomaly.used, report.unit, 'cents', 'nearest');
  switch (anomaly.kind) {
    case 'high-day':
      return l10n.t(
        '{0}, {1}: {2} spent, where {3} is usual.',
        nameOf(report),
        anomaly.at,
        used,
        amountText(anomaly.usual, report.unit, 'cents', 'nearest'),
      );
    case 'strange-hour':
      return l10n.t(
        '{0}, {1}: {2} spent at an hour without spend before; usual hours are {3}.',
        nameOf(report),
        anomaly.at.replace('T', ' '),
        used,
        anomaly.hours.join(', '),
      );
    case 'not-idle':
      return l10n.t('{0}: {1} spent, though no spend was expected.', isolatedName(anomaly.at), used);
  }
}

/** Sentences about the keys for which a kind of anomaly could not be looked for. */
function uncheckedSentences(parts: readonly ReviewPart[]): string[] {
  const without = (check: keyof AnomalyChecks) =>
    parts.filter(({ judged }) => !judged[check]).map(({ report }) => report);
  const namesOf = (reports: readonly UsageReport[]) =>
    reports.length === parts.length && parts.length > MAX_NAMES
      ? l10n.t('All {0} keys', countText(parts.length))
      : joinNames(reports.map(nameOf));
  const { changed: overScales = [], few = [] } = Object.groupBy(without('days'), report =>
    isOverScales(report) ? 'changed' : 'few',
  );
  const [withoutDays, changed] = [namesOf(few), namesOf(overScales)];
  const withoutHours = namesOf(without('hours'));
  return [
    ...(changed === ''
      ? []
      : [l10n.t('{0}: days far above the usual, because the scale or unit changed.', changed)]),
    ...(withoutDays === ''
      ? []
      : [l10n.t('{0}: days far above the usual, because there are too few to tell.', withoutDays)]),
    ...(withoutHours === ''
      ? []
      : [l10n.t('{0}: unusual hours, because its own were not watched for long enough.', withoutHours)]),
  ];
}

function nameOf(report: UsageReport): string {
  return isolatedName(scopeName(report));
}
