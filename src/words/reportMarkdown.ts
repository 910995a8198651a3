import type { UsageRow } from '../quota/usage.ts';
import type { UsageReport } from '../quota/usageReport.ts';
import { amountText, countText } from './amount.ts';
import { t } from './l10n.ts';
import { plainMarkdown, plainTable } from './markdownText.ts';
import { unitName } from './reportCsv.ts';
import { coverageText, sourceName, sourceText } from './usage.ts';

/** Reports as a Markdown document to hand over: totals, tables, and what the figures cover. */
export function reportsMarkdown(title: string, reports: readonly UsageReport[]): string {
  return [`# ${plainMarkdown(title)}`, ...reports.map(report => reportSection(report, 2)), ''].join('\n\n');
}

/** One report as a section whose heading has `level` signs. */
export function reportSection(report: UsageReport, level: number): string {
  const heading = '#'.repeat(level);
  const name = report.scope.key ?? report.scope.account ?? '';
  const parts = [
    `${heading} ${plainMarkdown(name)}`,
    plainMarkdown(
      `${report.from} – ${report.to}, ${unitName(report)}. ${sourceText(report.source)} ${coverageText(report)}`,
    ),
  ];
  if (report.note) parts.push(plainMarkdown(report.note));
  parts.push(totalLine(report));
  const tables: readonly [string, readonly UsageRow[] | undefined][] = [
    [t('By day'), report.byDay],
    [t('By key'), report.byKey],
    [t('By model'), report.byModel],
  ];
  for (const [label, rows] of tables) {
    if (rows && rows.length > 0) parts.push(`${heading}# ${label}`, rowsTable(report, rows));
  }
  for (const other of report.others ?? []) {
    const total = other.total ? amountText(other.total.used, other.unit, 'full') : '–';
    const difference =
      other.difference === undefined ? '–' : amountText(other.difference, other.unit, 'full');
    parts.push(
      plainMarkdown(
        t('For comparison, {0}: {1}; difference {2}.', sourceName(other.source), total, difference),
      ),
    );
  }
  return parts.join('\n\n');
}

function totalLine({ total, unit }: UsageReport): string {
  if (!total) return t('No total is known.');
  const words = [amountText(total.used, unit, 'full')];
  if (total.requests !== undefined) words.push(t('{0} requests', countText(total.requests)));
  if (total.tokens !== undefined) words.push(t('{0} tokens', countText(total.tokens)));
  return `**${plainMarkdown(t('Total: {0}', words.join(', ')))}**`;
}

function rowsTable({ unit }: UsageReport, rows: readonly UsageRow[]): string {
  const count = (value: number | undefined) => (value === undefined ? '–' : countText(value));
  return plainTable(
    [t('Name'), t('Used'), t('Requests'), t('Tokens')],
    rows.map(({ name, used, requests, tokens }) => [
      name || t('(no name)'),
      amountText(used, unit, 'full'),
      count(requests),
      count(tokens),
    ]),
  );
}
