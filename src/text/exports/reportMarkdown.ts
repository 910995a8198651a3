import * as l10n from '@vscode/l10n';
import { flawOf } from '../../core/usage/headline.ts';
import type { UsageRow, UsageTotal } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, columnStyle, countText } from '../amount.ts';
import { joinClauses, joinNames } from '../clauses.ts';
import { escapeMarkdown } from '../escapeMarkdown.ts';
import { joinSentences } from '../joinSentences.ts';
import { periodText } from '../range.ts';
import { coverageOrLackText, differenceText, scopeName, sourceName, sourceText } from '../usage.ts';
import { answerAgeText, flawedTitle, totalName } from '../usageHeadline.ts';
import { escapedTable, type TableColumn } from './markdown.ts';

/** Reports as a Markdown document: totals, tables, and what the figures cover. */
export function reportsMarkdown(title: string, reports: readonly UsageReport[]): string {
  return [
    `# ${escapeMarkdown(flawedTitle(title, flawOf(reports)))}`,
    ...missingLine(reports),
    ...reports.flatMap(report => [
      `## ${escapeMarkdown(`${scopeName(report)}: ${periodText(report)}`)}`,
      ...reportParts(report, 3),
    ]),
    '',
  ].join('\n\n');
}

/**
 * The blocks of one report: what it covers, its total, its tables and other sources. `level` is the number of signs
 * before its headings.
 */
export function reportParts(report: UsageReport, level: number): string[] {
  const parts = [escapeMarkdown(aboutText(report)), totalLine(report)];
  const tables: readonly [title: string, head: string, readonly UsageRow[] | undefined][] = [
    [l10n.t('By day'), l10n.t('Day'), report.byDay],
    [l10n.t('By key'), l10n.t('Key'), report.byKey],
    [l10n.t('By model'), l10n.t('Model'), report.byModel],
  ];
  for (const [title, head, rows] of tables) {
    if (rows && rows.length > 0) parts.push(`${'#'.repeat(level)} ${title}`, rowsTable(report, head, rows));
  }
  if (report.others?.length)
    parts.push(`${'#'.repeat(level)} ${l10n.t('What other sources say')}`, sourcesTable(report));
  return parts;
}

/** Names the keys that have no figure. */
function missingLine(reports: readonly UsageReport[]): string[] {
  const names = reports.filter(({ total }) => total === undefined).map(scopeName);
  return names.length === 0 ? [] : [escapeMarkdown(l10n.t('Without a figure: {0}.', joinNames(names)))];
}

function aboutText(report: UsageReport): string {
  const source = report.total === undefined ? undefined : sourceText(report.source);
  return joinSentences(source, coverageOrLackText(report), answerAgeText(report), report.note);
}

function totalLine(report: UsageReport): string {
  const { total, unit } = report;
  if (!total) return `**${escapeMarkdown(l10n.t('Total: {0}', l10n.t('not known')))}**`;
  const words = [amountText(total.used, unit, 'full', 'up')];
  if (total.requests !== undefined) words.push(l10n.t('{0} requests', countText(total.requests)));
  if (total.tokens !== undefined) words.push(l10n.t('{0} tokens', countText(total.tokens)));
  const figures = joinClauses(words);
  return `**${escapeMarkdown(l10n.t('{0}: {1}', totalName({ flaw: flawOf([report]) }), figures))}**`;
}

function rowsTable({ unit }: UsageReport, head: string, rows: readonly UsageRow[]): string {
  const style = columnStyle(
    rows.map(({ used }) => used),
    'full',
  );
  const columns: readonly (TableColumn & { readonly text: (row: UsageRow) => string })[] = [
    { head, text: ({ name }) => name || l10n.t('(no name)') },
    { head: l10n.t('Used'), isNumber: true, text: ({ used }) => amountText(used, unit, style, 'up') },
    ...countColumn(rows, 'requests', l10n.t('Requests')),
    ...countColumn(rows, 'tokens', l10n.t('Tokens')),
  ];
  return escapedTable(
    columns,
    rows.map(row => columns.map(({ text }) => text(row))),
  );
}

/** The column, if any row has a value for it. */
function countColumn(rows: readonly UsageTotal[], id: 'requests' | 'tokens', head: string) {
  const text = (row: UsageTotal) => (row[id] === undefined ? '–' : countText(row[id]));
  return rows.some(row => row[id] !== undefined) ? [{ head, isNumber: true, text }] : [];
}

/** All sources side by side, each with what it covers. They are never added up: each counts the same spend. */
function sourcesTable(report: UsageReport): string {
  const amount = (total: UsageTotal | undefined, unit: UsageReport['unit']) =>
    total ? amountText(total.used, unit, 'full', 'up') : '–';
  return escapedTable(
    [
      { head: l10n.t('Source') },
      { head: l10n.t('Used'), isNumber: true },
      { head: l10n.t('Difference'), isNumber: true },
      { head: l10n.t('Covers') },
    ],
    [
      [sourceName(report.source), amount(report.total, report.unit), '', coverageOrLackText(report)],
      ...(report.others ?? []).map(other => [
        sourceName(other.source),
        amount(other.total, other.unit),
        differenceText(other) ?? '–',
        coverageOrLackText({ ...other, to: report.to }),
      ]),
    ],
  );
}
