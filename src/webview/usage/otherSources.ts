import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { knownTotal } from '../../core/usage/knownTotal.ts';
import type { OtherSource, UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../../text/amount.ts';
import { coverageOrLackText } from '../../text/coverage.ts';
import { differenceText, scopeName, sourceName } from '../../text/usage.ts';
import { saidOf } from '../widgets/name.ts';
import { type Column, type TableContent, tableContent } from '../widgets/sortableTable.ts';

interface Row {
  readonly report: UsageReport;
  readonly other: OtherSource;
}

/** What other sources say, beside the reports and never added to them; undefined where none has a figure. */
export function otherSources(reports: readonly UsageReport[]): TableContent | undefined {
  const rows = rowsOf(reports).filter(hasFigure);
  return rows.length === 0 ? undefined : tableContent(l10n.t('What other sources say'), columns(), rows);
}

/** The sources without figures, each with its reason: in one line that opens, since there may be as many as keys. */
export function silentSources(reports: readonly UsageReport[]): TemplateResult | undefined {
  const rows = rowsOf(reports).filter(row => !hasFigure(row));
  if (rows.length === 0) return undefined;
  return html`<details class="silent">
    <summary>${l10n.t('Other sources without figures: {0}', countText(rows.length))}</summary>
    <ul>${rows.map(row => html`<li>${saidOf(scopeName(row.report), sourceText(row))}</li>`)}</ul>
  </details>`;
}

function rowsOf(reports: readonly UsageReport[]): readonly Row[] {
  return reports.flatMap(report => (report.others ?? []).map(other => ({ report, other })));
}

function hasFigure({ other }: Row): boolean {
  return other.total !== undefined;
}

function sourceText({ other, report }: Row): string {
  return l10n.t('{0}. {1}', sourceName(other.source), coverageOrLackText({ ...other, to: report.to }));
}

function columns(): readonly Column<Row>[] {
  const reportUsed = ({ report }: Row) => knownTotal(report)?.used;
  const otherUsed = ({ other }: Row) => other.total?.used;
  return [
    {
      id: 'key',
      head: l10n.t('Key'),
      namesRow: true,
      text: ({ report }) => scopeName(report),
      sortValue: ({ report }) => scopeName(report),
    },
    {
      id: 'shown',
      head: l10n.t('Shown above'),
      isNumber: true,
      text: row => amountOr(reportUsed(row), row.report.unit),
      sortValue: reportUsed,
    },
    {
      id: 'source',
      head: l10n.t('Other source'),
      text: sourceText,
      sortValue: ({ other }) => other.source,
    },
    {
      id: 'told',
      head: l10n.t('Value'),
      isNumber: true,
      text: row => amountOr(otherUsed(row), row.other.unit),
      sortValue: otherUsed,
    },
    {
      id: 'difference',
      head: l10n.t('Difference'),
      isNumber: true,
      text: ({ other }) => differenceText(other) ?? l10n.t('not comparable'),
      sortValue: ({ other }) => other.difference,
    },
  ];
}

function amountOr(amount: number | undefined, unit: UsageReport['unit']): string {
  return amount === undefined ? '–' : amountText(amount, unit, 'exact', 'up');
}
