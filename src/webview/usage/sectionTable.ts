import * as l10n from '@vscode/l10n';
import { headlineOf } from '../../core/usage/headline.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { totalName } from '../../text/usageHeadline.ts';
import { type TableContent, tableContent } from '../widgets/sortableTable.ts';
import { detailColumns, partColumns } from './columns.ts';
import type { Part } from './entries.ts';
import { detailRows, type PartRow, partRows, withPrevious } from './parts.ts';
import { previousTimes, type SectionFigures, shownStep } from './sectionChart.ts';
import type { ViewState } from './viewState.ts';

/** The table of a section that the view asks for; undefined when it would have no rows. */
export function sectionTable(
  figures: SectionFigures,
  step: ViewState['step'],
  table: ViewState['table'],
  lookInto?: (part: 'key' | 'model', id: string, name: string) => void,
): TableContent | undefined {
  const { section, previous, missing } = figures;
  const total = totalName(headlineOf(section.reports, missing, Date.now()));
  const shown = shownStep(section, step) ?? 'day';
  if (table === 'detail') {
    const rows = detailRows(section, shown);
    if (rows.length === 0) return undefined;
    return tableContent(l10n.t('Every figure'), detailColumns(section.unit, rows, total), rows);
  }
  const before = table === 'time' ? previousTimes(figures, step) : previousParts(figures, table, shown);
  const rows = withPrevious(partRows(section, table, shown), before);
  // The total is on the page already.
  if (rows.every(({ id }) => id === '') && table !== 'key') return undefined;
  const columns = partColumns(table, section.unit, rows, previous !== undefined, total);
  const onRow =
    table === 'time' || !lookInto ? undefined : ({ id, name }: PartRow) => lookInto(table, id, name);
  return tableContent(captionOf(table, shown), columns, rows, onRow);
}

/** What each key or model spent in the previous period. */
function previousParts(
  { previous }: SectionFigures,
  part: Part,
  step: UsageTimeline['step'],
): ReadonlyMap<string, number> {
  const rows = previous?.section ? partRows(previous.section, part, step) : [];
  return new Map(rows.map(({ id, used }) => [id, used]));
}

function captionOf(part: Part, step: UsageTimeline['step']): string {
  switch (part) {
    case 'time':
      return step === 'hour' ? l10n.t('Spend by hour') : l10n.t('Spend by day');
    case 'key':
      return l10n.t('Spend by key');
    case 'model':
      return l10n.t('Spend by model');
  }
}
