import * as l10n from '@vscode/l10n';
import type { ExportedPart } from '../../core/panels/usageExport.ts';
import { flawOf } from '../../core/usage/headline.ts';
import type { UsageRow, UsageTotal } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { type AmountStyle, amountText, columnStyle, countText } from '../amount.ts';
import { joinClauses, joinNames } from '../clauses.ts';
import { requestsText, tokensText } from '../countedUnits.ts';
import { coverageOrLackText } from '../coverage.ts';
import {
  type Block,
  heading,
  paragraph,
  strongParagraph,
  type TableColumn,
  table,
} from '../document/block.ts';
import { documentMarkdown } from '../document/documentMarkdown.ts';
import { withFigures } from '../hiddenFigures.ts';
import { joinSentences } from '../joinSentences.ts';
import { periodText } from '../range.ts';
import { differenceText, scopeName, sourceName, sourceText } from '../usage.ts';
import { answerAgeText, flawedTitle, totalName } from '../usageHeadline.ts';

/** Reports as a Markdown document: totals, tables, and what the figures cover; and which part of all spend they are. */
export function reportsMarkdown(title: string, reports: readonly UsageReport[], part?: ExportedPart): string {
  return withFigures(() => documentOf(title, reports, part));
}

function documentOf(title: string, reports: readonly UsageReport[], part?: ExportedPart): string {
  return documentMarkdown([
    heading(1, flawedTitle(title, flawOf(reports))),
    ...partLine(part),
    ...missingLine(reports),
    ...reports.flatMap(report => [
      heading(2, l10n.t('{0}: {1}', scopeName(report), periodText(report))),
      ...reportBlocks(report, 3),
    ]),
  ]);
}

/**
 * The blocks of one report: what it covers, its total, its tables and other sources. `level` is that of its
 * headings; documents for people have amounts in `cents`.
 */
export function reportBlocks(report: UsageReport, level: number, digits: Digits = 'full'): Block[] {
  const blocks = [paragraph(aboutText(report)), totalLine(report, digits)];
  const tables: readonly [title: string, head: string, readonly UsageRow[] | undefined][] = [
    [l10n.t('By day'), l10n.t('Day'), report.byDay],
    [l10n.t('By key'), l10n.t('Key'), report.byKey],
    [l10n.t('By model'), l10n.t('Model'), report.byModel],
  ];
  for (const [title, head, rows] of tables) {
    if (rows && rows.length > 0) blocks.push(heading(level, title), rowsTable(report, head, rows, digits));
  }
  if (report.others?.length)
    blocks.push(heading(level, l10n.t('What other sources say')), sourcesTable(report, digits));
  return blocks;
}

type Digits = 'full' | 'cents';

/** What was used is never shown smaller where all digits are; cents add up where they are rounded to the nearest. */
function usedText(used: number, unit: UsageReport['unit'], style: AmountStyle): string {
  return amountText(used, unit, style, style === 'cents' ? 'nearest' : 'up');
}

/** Which keys and models these figures are of, where there are others. */
function partLine(part: ExportedPart | undefined): Block[] {
  if (!part) return [];
  const { keys, key, model, lacksUnknownModels } = part;
  const names = [
    ...(keys ? [l10n.t('{0} of {1} keys', countText(keys.shown), countText(keys.all))] : []),
    ...(key === undefined ? [] : [key]),
    ...(model === undefined ? [] : [model || l10n.t('(unknown model)')]),
  ];
  const lack = lacksUnknownModels && l10n.t('Spend for unknown models is not in these figures.');
  return [paragraph(joinSentences(l10n.t('Only: {0}.', joinNames(names)), lack))];
}

/** Names the keys that have no figure. */
function missingLine(reports: readonly UsageReport[]): Block[] {
  const names = reports.filter(({ total }) => total === undefined).map(scopeName);
  return names.length === 0 ? [] : [paragraph(l10n.t('Without a figure: {0}.', joinNames(names)))];
}

function aboutText(report: UsageReport): string {
  const source = report.total === undefined ? undefined : sourceText(report.source);
  return joinSentences(source, coverageOrLackText(report), answerAgeText(report), report.note);
}

function totalLine(report: UsageReport, digits: Digits): Block {
  const { total, unit } = report;
  if (!total) return strongParagraph(l10n.t('Total: {0}', l10n.t('unknown')));
  const words = [usedText(total.used, unit, digits)];
  if (total.requests !== undefined) words.push(requestsText(countText(total.requests)));
  if (total.tokens !== undefined) words.push(tokensText(countText(total.tokens)));
  const figures = joinClauses(words);
  return strongParagraph(l10n.t('{0}: {1}', totalName({ flaw: flawOf([report]) }), figures));
}

function rowsTable({ unit }: UsageReport, head: string, rows: readonly UsageRow[], digits: Digits): Block {
  const amounts = rows.map(({ used }) => used);
  const style = digits === 'full' ? columnStyle(amounts, 'full') : digits;
  const columns: readonly (TableColumn & { readonly text: (row: UsageRow) => string })[] = [
    { head, text: ({ name }) => name || l10n.t('(no name)') },
    { head: l10n.t('Used'), isNumber: true, text: ({ used }) => usedText(used, unit, style) },
    ...countColumn(rows, 'requests', l10n.t('Requests')),
    ...countColumn(rows, 'tokens', l10n.t('Tokens')),
  ];
  return table(
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
function sourcesTable(report: UsageReport, digits: Digits): Block {
  const amount = (total: UsageTotal | undefined, unit: UsageReport['unit']) =>
    total ? usedText(total.used, unit, digits) : '–';
  return table(
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
