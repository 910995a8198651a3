import * as l10n from '@vscode/l10n';
import { unitId, unitName } from '../../core/quota/unit.ts';
import { type Flaw, flawOf } from '../../core/usage/headline.ts';
import { localDay, localDays } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { joinNames } from '../clauses.ts';
import { type Block, heading, paragraph } from '../document/block.ts';
import { isolatedName } from '../isolatedName.ts';
import { scopeName } from '../usage.ts';
import { flawedTitle } from '../usageHeadline.ts';
import type { ReviewPart } from './reviewContent.ts';
import { type ChartSeries, spendChart } from './spendChart.ts';

const MAX_SERIES = 8;
/** Units, and accounts beside keys, that a review can have pictures of. */
const MAX_PICTURES = 12;

/** All names that a picture of a review can have. */
export const PICTURE_FILES: readonly string[] = [
  'spend-by-day.svg',
  ...Array.from({ length: MAX_PICTURES }, (_, index) => `spend-by-day-${index + 1}.svg`),
];

/** A picture of spend by day for each unit; where accounts stand beside keys, of the accounts and of the keys. */
export function chartsSection(parts: readonly ReviewPart[]): Block[] {
  const reports = parts
    .map(({ report }) => report)
    .filter(({ byDay }) => byDay?.some(({ used }) => used > 0));
  const flaw = flawOf(parts.map(({ report }) => report));
  const groups = [...Map.groupBy(reports, groupOf).values()];
  const pictures = groups
    .slice(0, MAX_PICTURES)
    .flatMap((members, index) => [
      ...picture(members, groups.length > 1 ? index + 1 : undefined, flaw),
      ...withoutDays(parts, members),
    ]);
  return pictures.length === 0 ? [] : [heading(2, flawedTitle(l10n.t('Spend by day'), flaw)), ...pictures];
}

/** The files of the pictures of a review, by name. */
export function pictureFiles(blocks: readonly Block[]): ReadonlyMap<string, string> {
  return new Map(blocks.flatMap(block => (block.kind === 'picture' ? [[block.file, block.svg]] : [])));
}

function picture(
  reports: readonly UsageReport[],
  number: number | undefined,
  flaw: Flaw | undefined,
): Block[] {
  const [first] = reports;
  if (!first) return [];
  const days = localDays({ from: Date.parse(first.from), to: Date.parse(first.to) });
  const uncovered = new Set(days.filter(day => reports.some(report => !coversDay(report, day))));
  const name =
    first.scope.account === undefined
      ? l10n.t('Spend by day and key in {0}', unitName(first.unit))
      : l10n.t('Spend by day and account in {0}', unitName(first.unit));
  const title = flawedTitle(name, flaw);
  return [
    {
      kind: 'picture',
      file: number === undefined ? 'spend-by-day.svg' : `spend-by-day-${number}.svg`,
      svg: spendChart(title, days, seriesOf(reports), first.unit, uncovered),
      text: title,
    },
    ...(uncovered.size === 0 ? [] : [paragraph(l10n.t('Gray: not covered, or only in part.'))]),
  ];
}

/** Which keys or accounts of a chart have spend that is not in it. */
function withoutDays(parts: readonly ReviewPart[], [first]: readonly UsageReport[]): Block[] {
  const names = parts
    .map(({ report }) => report)
    .filter(({ byDay, total }) => !byDay && total !== undefined && total.used !== 0)
    .filter(report => first !== undefined && groupOf(report) === groupOf(first))
    .map(report => isolatedName(scopeName(report)));
  return names.length === 0
    ? []
    : [paragraph(l10n.t('Not in this chart, because their days are unknown: {0}.', joinNames(names)))];
}

/** Names what is stacked in one chart: keys in one unit, or accounts. */
function groupOf({ unit, scope }: UsageReport): string {
  return `${unitId(unit)} ${scope.account !== undefined}`;
}

/** Whether a report's figures tell all of a day (`2026-06-01`). */
function coversDay(report: UsageReport, day: string): boolean {
  const { coverage } = report;
  if (coverage.complete) return true;
  const { from, to, gaps = [] } = coverage;
  if (from === undefined || to === undefined) return false;
  if (gaps.some(gap => localDay(Date.parse(gap.from)) <= day && day <= localDay(Date.parse(gap.to) - 1)))
    return false;
  // A day that has begun or ended within what is covered is known in part.
  return localDay(Date.parse(from) - 1) < day && day < localDay(Date.parse(to) + 1);
}

/** The largest first; those beyond the number of colors become one series. */
function seriesOf(reports: readonly UsageReport[]): ChartSeries[] {
  const sorted = reports.toSorted((a, b) => (b.total?.used ?? 0) - (a.total?.used ?? 0));
  const shown = sorted.length <= MAX_SERIES ? sorted : sorted.slice(0, MAX_SERIES - 1);
  const others = sorted.slice(shown.length);
  const series = shown.map(report => ({ name: scopeName(report), spent: spentByDay([report]) }));
  return others.length === 0
    ? series
    : [...series, { name: l10n.t('{0} others', others.length), spent: spentByDay(others) }];
}

function spentByDay(reports: readonly UsageReport[]): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  for (const { byDay = [] } of reports) {
    for (const { name, used } of byDay) spent.set(name, (spent.get(name) ?? 0) + used);
  }
  return spent;
}
