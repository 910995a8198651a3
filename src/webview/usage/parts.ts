import * as l10n from '@vscode/l10n';
import { labelAtStep } from '../../core/usage/spendLabel.ts';
import { Sum } from '../../core/usage/totalSum.ts';
import type { UsageTimeline, UsageTotal } from '../../core/usage/usage.ts';
import { timeText } from '../chart/timeLabels.ts';
import { type Entry, entriesFor, type Part } from './entries.ts';
import type { Section } from './sections.ts';

/** One row of a table of figures. */
export interface PartRow extends UsageTotal {
  /** By this it is sorted and matched with the previous period's rows. */
  readonly id: string;
  readonly name: string;
  /** What was used in the previous period. */
  readonly previous?: number;
}

type Step = UsageTimeline['step'];

/** What a section spent by time, key or model. */
export function partRows(section: Section, part: Part, step: Step): readonly PartRow[] {
  const groups = new Map<string, { readonly name: string; readonly sum: Sum }>();
  for (const entry of entriesFor(section, part)) {
    const id = idOf(entry, part, step);
    const group = groups.get(id) ?? { name: nameOf(entry, part, step), sum: new Sum() };
    group.sum.add(entry);
    groups.set(id, group);
  }
  const rows = [...groups].map(([id, { name, sum }]) => ({ id, name, ...sum.total }));
  return part === 'time'
    ? rows.sort((a, b) => (a.id < b.id ? -1 : 1))
    : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
}

/** Adds each row's figure of the previous period, by the row's id. */
export function withPrevious(
  rows: readonly PartRow[],
  before: ReadonlyMap<string, number>,
): readonly PartRow[] {
  return rows.map(row => ({ ...row, previous: before.get(row.id) }));
}

/** What one key spent with one model at one time. */
export interface DetailRow extends UsageTotal {
  readonly at: string;
  readonly key: string;
  readonly model: string;
}

/** A row for every figure of a section. */
export function detailRows(section: Section, step: Step): readonly DetailRow[] {
  const groups = new Map<string, { readonly entry: Entry; readonly sum: Sum }>();
  for (const entry of entriesFor(section, 'time')) {
    const id = JSON.stringify([labelAtStep(entry.at ?? '', step), entry.keyId, entry.model]);
    const group = groups.get(id) ?? { entry, sum: new Sum() };
    group.sum.add(entry);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ entry, sum }) => ({
    at: labelAtStep(entry.at ?? '', step),
    key: entry.key,
    model: entry.model ?? '',
    ...sum.total,
  }));
}

/** Whether any source knows models over time: only then can the chart be stacked by them. */
export function hasModels({ reports }: Section): boolean {
  return reports.some(({ timeline }) => timeline?.cells.some(({ model }) => model !== undefined));
}

function idOf({ at, keyId, model }: Entry, part: Part, step: Step): string {
  switch (part) {
    case 'time':
      return labelAtStep(at ?? '', step);
    case 'key':
      return keyId;
    case 'model':
      return model ?? '';
  }
}

function nameOf({ at, key, model }: Entry, part: Part, step: Step): string {
  switch (part) {
    case 'time':
      return at === undefined ? l10n.t('(unknown time)') : timeText(labelAtStep(at, step));
    case 'key':
      return key || l10n.t('(no name)');
    case 'model':
      return model || l10n.t('(unknown model)');
  }
}
