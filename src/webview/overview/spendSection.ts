import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { OverviewSpend } from '../../core/panels/overviewMessages.ts';
import { exact } from '../../core/quota/exact.ts';
import { unitName } from '../../core/quota/unit.ts';
import { DAY_MS, isoTime } from '../../core/time.ts';
import type { UsageCell } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import { type ChartContent, chart } from '../chart/chart.ts';
import type { Palette } from '../chart/palette.ts';
import { stackOf, uncoveredStretches } from '../chart/stack.ts';
import { pointText } from '../usage/sectionChart.ts';
import type { Section } from '../usage/sections.ts';
import { sectionTable } from '../usage/sectionTable.ts';
import { sortableTable, type TableContent } from '../widgets/sortableTable.ts';
import { weekMap } from '../widgets/weekMap.ts';

/** The chart and table of some spend; created once, since a chart is drawn again for another object. */
export interface SpendFigures {
  readonly spend: OverviewSpend;
  readonly days: number;
  readonly chart: ChartContent | undefined;
  readonly byModel: TableContent | undefined;
  readonly byDay: TableContent | undefined;
}

/** The figures of the last `days` days. */
export function spendFigures(spend: OverviewSpend, days: number): SpendFigures {
  const section = sectionOf(spend, days);
  const figures = { section, missing: 0, timeZone: 'UTC' };
  return {
    ...{ spend, days },
    // No chart of a single bar, nor while figures are hidden.
    chart: days === 1 || areFiguresHidden() ? undefined : chartOf(spend, section),
    byModel: named(sectionTable(figures, 'day', 'model'), spend),
    byDay: days === 1 ? undefined : named(sectionTable(figures, 'day', 'time'), spend),
  };
}

/** Whose spend it is, and in which unit. */
function nameOf({ scope, gateway, unit }: OverviewSpend): string {
  const kind = scope === 'account' ? l10n.t('Accounts') : l10n.t('Keys');
  return [kind, gateway, unitName(unit)].filter(part => part !== undefined).join(' · ');
}

function named(table: TableContent | undefined, spend: OverviewSpend): TableContent | undefined {
  return table && { ...table, region: `${table.caption} · ${nameOf(spend)}` };
}

export interface SpendOptions {
  readonly figures: SpendFigures;
  readonly palette: Palette;
  readonly announce: (text: string) => void;
  readonly showUsage: () => void;
}

/** What was spent in one unit: by day as a chart, by model as a table, by weekday and hour as a map. */
export function spendSection({ figures, palette, announce, showUsage }: SpendOptions): TemplateResult {
  const { spend, chart: content, byModel, byDay } = figures;
  const { unit, lack, week } = spend;
  const table = (shown: TableContent) => sortableTable(shown, (_, text) => announce(text));
  const used = week.used.map(row => row.map(amount => amount ?? undefined));
  return html`<section>
    <h3>${nameOf(spend)}</h3>
    ${lack === undefined ? nothing : html`<p class="partial">${lack}</p>`}
    ${content ? chart(content, palette, showUsage) : nothing}
    ${byModel ? table(byModel) : html`<p>${l10n.t('Which models it was spent on is not known.')}</p>`}
    ${byDay ? html`<details><summary>${l10n.t('Spend by day')}</summary>${table(byDay)}</details>` : nothing}
    ${areFiguresHidden() ? nothing : weekMap({ week: { ...week, used }, unit, of: nameOf(spend), onOpen: () => undefined, isOpen: true })}
  </section>`;
}

/** The spend as a report, whose days are those of UTC to the page: they are the host's, and only named here. */
function sectionOf({ scope, unit, days, isWhole, models }: OverviewSpend, count: number): Section {
  const first = Math.max(0, days.length - count);
  const shown = days.slice(first);
  const cells = models.flatMap(({ name, used }) =>
    shown.flatMap((at, index): UsageCell[] => {
      const amount = used[first + index] ?? 0;
      return amount === 0 ? [] : [{ at, used: amount, ...(name !== '' && { model: name }) }];
    }),
  );
  const moment = (day: string | undefined, later = 0) => isoTime(Date.parse(day ?? '1970-01-01') + later);
  const [from, to] = [moment(shown[0]), moment(shown.at(-1), DAY_MS - 1)];
  const gaps = shown.flatMap((day, index) =>
    isWhole[first + index] ? [] : [{ from: moment(day), to: moment(day, DAY_MS) }],
  );
  const report: UsageReport = {
    scope: {},
    keyId: '',
    ...{ from, to, unit },
    total: { used: exact(cells.reduce((sum, { used }) => sum + used, 0)) },
    timeline: { step: 'day', cells },
    coverage: { complete: gaps.length === 0, from, to, gaps },
    source: 'ledger',
  };
  return { id: '', scope, unit, reports: [report] };
}

function chartOf({ unit, models }: OverviewSpend, section: Section): ChartContent | undefined {
  const slots = new Map(models.map(({ name, slot }) => [name, slot]));
  const now = Date.parse(section.reports[0]?.to ?? '');
  const stack = stackOf(section, { by: 'model', step: 'day', timeZone: 'UTC', now, slots });
  if (stack.series.length === 0) return undefined;
  return {
    ...{ stack, unit },
    label: l10n.t('Spend by day; arrow keys move'),
    caption: uncoveredStretches(stack).length > 0 ? l10n.t('Hatched: not covered, or only in part.') : '',
    pointText: index => pointText(stack, index, section),
  };
}
