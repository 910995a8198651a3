import * as l10n from '@vscode/l10n';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { detailColumns, partColumns } from '../widgets/columns.ts';
import { detailRows, partRows, withPrevious } from '../widgets/parts.ts';
import { sortableTable } from '../widgets/sortableTable.ts';
import type { SortOrder } from '../widgets/sorting.ts';
import type { Part } from './entries.ts';
import type { Section } from './sections.ts';
import type { ViewState } from './viewState.ts';

export interface SectionTableOptions {
  readonly section: Section;
  readonly previous: Section | undefined;
  readonly comparing: boolean;
  /** What was spent before, by the time of this period in the same place. */
  readonly previousTimes: ReadonlyMap<string, number>;
  readonly view: ViewState;
  readonly step: UsageTimeline['step'];
  readonly ordered: (order: SortOrder, words: string) => void;
}

/** The table of a section that the view wants; undefined when there is no row in it. */
export function sectionTable(options: SectionTableOptions): HTMLElement | undefined {
  const { section, view, step, ordered } = options;
  const order = view.orders[view.table];
  if (view.table === 'detail') {
    const rows = detailRows(section, step);
    if (rows.length === 0) return undefined;
    const columns = detailColumns(section.unit, rows);
    return sortableTable({ caption: l10n.t('Every figure'), columns, rows, order, ordered });
  }
  const part = view.table;
  const rows = rowsWithPrevious(part, options);
  // A total alone is on the page already.
  if (rows.every(({ id }) => id === '') && part !== 'key') return undefined;
  const columns = partColumns(part, section.unit, rows, options.comparing);
  return sortableTable({ caption: captionOf(part, step), columns, rows, order, ordered });
}

function rowsWithPrevious(part: Part, { section, previous, previousTimes, step }: SectionTableOptions) {
  const rows = partRows(section, part, step);
  if (part === 'time') return withPrevious(rows, previousTimes);
  const before = previous ? partRows(previous, part, step) : [];
  return withPrevious(rows, new Map(before.map(({ id, used }) => [id, used])));
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
