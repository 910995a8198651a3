import * as l10n from '@vscode/l10n';
import { unitId, unitName } from '../../core/quota/unit.ts';
import { localDays } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { type Block, heading } from '../document/block.ts';
import { scopeName } from '../usage.ts';
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
  const groups = [
    ...Map.groupBy(reports, ({ unit, scope }) => `${unitId(unit)} ${scope.account !== undefined}`).values(),
  ];
  const pictures = groups
    .slice(0, MAX_PICTURES)
    .flatMap((members, index) => picture(members, groups.length > 1 ? index + 1 : undefined));
  return pictures.length === 0 ? [] : [heading(2, l10n.t('Spend by day')), ...pictures];
}

/** The files of the pictures of a review, by name. */
export function pictureFiles(blocks: readonly Block[]): ReadonlyMap<string, string> {
  return new Map(blocks.flatMap(block => (block.kind === 'picture' ? [[block.file, block.svg]] : [])));
}

function picture(reports: readonly UsageReport[], number: number | undefined): Block[] {
  const [first] = reports;
  if (!first) return [];
  const days = localDays({ from: Date.parse(first.from), to: Date.parse(first.to) });
  const title =
    first.scope.account === undefined
      ? l10n.t('Spend by day and key in {0}', unitName(first.unit))
      : l10n.t('Spend by day and account in {0}', unitName(first.unit));
  return [
    {
      kind: 'picture',
      file: number === undefined ? 'spend-by-day.svg' : `spend-by-day-${number}.svg`,
      svg: spendChart(title, days, seriesOf(reports), first.unit),
      text: title,
    },
  ];
}

/** The largest first; what there is no colour for is one series. */
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
