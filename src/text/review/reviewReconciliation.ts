import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import { unitName } from '../../core/quota/unit.ts';
import type { UsageRow } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../amount.ts';
import { type Block, list, table } from '../document/block.ts';
import { scopeName } from '../usage.ts';
import type { Review } from './reviewContent.ts';

/**
 * The reconciliation note of a budget review: what the units are, the two categories of billing,
 * and the ratio to list prices that the user set.
 */
export function reconciliationSection({ parts, ratio }: Review): Block[] {
  const reports = parts.map(({ report }) => report);
  const rows = reports.flatMap(report => categoryRows(report, ratio));
  return [list(noteSentences(reports, ratio)), ...(rows.length > 0 ? [categoryTable(rows, ratio)] : [])];
}

function noteSentences(reports: readonly UsageReport[], ratio: number | undefined): string[] {
  return [
    ...new Set(reports.map(unitSentence)),
    l10n.t(
      'Models with an official API are billed by tokens, at a ratio to the provider’s list price. The ratio can change, and volume discounts may lower it.',
    ),
    l10n.t(
      'Models without one, many of them for images and video, are billed per call: their cost shows in requests, not in tokens.',
    ),
    ratio === undefined
      ? l10n.t(
          'No ratio was set, so nothing is stated at list price. Verify the ratio in force with the gateway before you present one.',
        )
      : l10n.t(
          'Ratio as set by the user: {0}. It was not verified with the gateway. It applies to everything that is not billed per call.',
          String(ratio),
        ),
  ];
}

function unitSentence({ unit, ...report }: UsageReport): string {
  const name = unitName(unit);
  switch (unit.source) {
    case 'gateway':
      return l10n.t(
        '{0}: the unit, and what quota units are worth in it, are as the gateway states them.',
        name,
      );
    case 'setting':
      return l10n.t('{0}: the unit was set by the user for this gateway, not read from it.', name);
    case 'default':
      return unit.code === 'UNITS'
        ? l10n.t(
            '“{0}” is counted in the gateway’s raw quota units, which it does not explain.',
            scopeName(report),
          )
        : l10n.t(
            '{0}: the gateway of “{1}” does not say its unit; the usual one is assumed.',
            name,
            scopeName(report),
          );
  }
}

type Category = 'tokens' | 'calls' | 'unknown';

/** What was spent in each category of billing, as far as the tokens of each model tell. */
function categoryRows(report: UsageReport, ratio: number | undefined): string[][] {
  const { byModel, total, unit } = report;
  const rows: readonly UsageRow[] = byModel ?? (total ? [{ name: '', ...total }] : []);
  const groups = Map.groupBy(rows, categoryOf);
  return (['tokens', 'calls', 'unknown'] as const).flatMap(category => {
    const members = groups.get(category);
    if (!members) return [];
    const used = members.reduce((sum, row) => sum + row.used, 0);
    const requests = requestSum(members);
    const atList = ratio === undefined || category === 'calls' ? undefined : used / ratio;
    return [
      [
        scopeName(report),
        categoryName(category),
        amountText(exact(used), unit, 'cents', 'nearest'),
        requests === undefined ? '–' : countText(requests),
        ...(ratio === undefined
          ? []
          : [atList === undefined ? '–' : amountText(exact(atList), unit, 'cents', 'nearest')]),
      ],
    ];
  });
}

/** A model that was called and has no tokens is billed by the call. */
function categoryOf({ name, tokens, requests }: UsageRow): Category {
  if (name === '' || tokens === undefined) return 'unknown';
  if (tokens > 0) return 'tokens';
  return (requests ?? 0) > 0 ? 'calls' : 'unknown';
}

function categoryName(category: Category): string {
  switch (category) {
    case 'tokens':
      return l10n.t('models with tokens');
    case 'calls':
      return l10n.t('models without tokens: by the call');
    case 'unknown':
      return l10n.t('models unknown');
  }
}

function categoryTable(rows: readonly (readonly string[])[], ratio: number | undefined): Block {
  return table(
    [
      { head: l10n.t('Name') },
      { head: l10n.t('Billing') },
      { head: l10n.t('Used'), isNumber: true },
      { head: l10n.t('Requests'), isNumber: true },
      ...(ratio === undefined ? [] : [{ head: l10n.t('At list price'), isNumber: true }]),
    ],
    rows,
  );
}

function requestSum(rows: readonly UsageRow[]): number | undefined {
  const counts = rows.map(({ requests }) => requests);
  return counts.every(count => count !== undefined)
    ? counts.reduce((sum, count) => sum + count, 0)
    : undefined;
}
