import * as l10n from '@vscode/l10n';
import type { Flaw } from '../../core/usage/headline.ts';
import { amountText } from '../../text/amount.ts';
import { joinClauses } from '../../text/clauses.ts';
import type { ChartContent } from '../chart/chart.ts';
import { type Stack, stackOf, uncoveredStretches } from '../chart/stack.ts';
import { timeText } from '../chart/timeLabels.ts';
import { stepOf } from './entries.ts';
import { knowsModels } from './parts.ts';
import { type Section, sectionTotal } from './sections.ts';
import type { ViewState } from './viewState.ts';

/** A section with what it is compared with. */
export interface SectionFigures {
  readonly section: Section;
  /** How many keys that were asked about are in no section, because they told nothing. */
  readonly missing: number;
  /** The same section in the period before, while it is compared with. */
  readonly previous?: { readonly section: Section | undefined; readonly flaw: Flaw | undefined };
  readonly timeZone: string;
}

/** The chart of a section; undefined when there is nothing to draw. */
export function chartOf(
  figures: SectionFigures,
  step: ViewState['step'],
  stackBy: ViewState['stackBy'],
): ChartContent | undefined {
  const { section, previous, timeZone } = figures;
  const stack = stackFor(section, timeZone, step, stackBy);
  if (!stack || stack.series.length === 0) return undefined;
  return {
    stack,
    unit: section.unit,
    previous: previous?.section && stackFor(previous.section, timeZone, step, stackBy)?.sums,
    label:
      stack.step === 'hour'
        ? l10n.t('Spend by hour; arrow keys move')
        : l10n.t('Spend by day; arrow keys move'),
    caption: captionOf(stack, previous?.section !== undefined),
    pointText: index => pointText(stack, index, section),
  };
}

/** Whether a section has a total that its source does not date. */
export function isUntimed(section: Section): boolean {
  return stepOf(section) === undefined && sectionTotal(section) !== undefined;
}

/** How fine a section's time is on the page. */
export function shownStep(section: Section, step: ViewState['step']): Stack['step'] | undefined {
  const finest = stepOf(section);
  return finest === 'hour' && step === 'day' ? 'day' : finest;
}

/** What was spent in the period before, under the time of this period that stands in the same place. */
export function previousTimes(
  { section, previous, timeZone }: SectionFigures,
  step: ViewState['step'],
): ReadonlyMap<string, number> {
  const sums = previous?.section && stackFor(previous.section, timeZone, step, 'key')?.sums;
  const times = sums ? stackFor(section, timeZone, step, 'key')?.times : [];
  return new Map(
    (times ?? []).flatMap((time, at) => {
      const sum = sums?.[at];
      return sum === undefined ? [] : [[time, sum] as const];
    }),
  );
}

function stackFor(
  section: Section,
  timeZone: string,
  step: ViewState['step'],
  stackBy: ViewState['stackBy'],
): Stack | undefined {
  const shown = shownStep(section, step);
  const by = stackBy === 'model' && knowsModels(section) ? 'model' : 'key';
  return shown && stackOf(section, { by, step: shown, timeZone, now: Date.now() });
}

function captionOf(stack: Stack, isCompared: boolean): string {
  const isPartial = uncoveredStretches(stack).length > 0;
  const words = [
    ...(isPartial ? [l10n.t('Hatched: not covered.')] : []),
    ...(isCompared ? [l10n.t('Dashed line: the period before.')] : []),
  ];
  return words.join(' ');
}

const MOST_PARTS = 3;

/** One time of the chart in words: its sum, and its biggest parts. */
function pointText({ times, sums, series }: Stack, index: number, { unit }: Section): string {
  const time = timeText(times[index] ?? '');
  const sum = sums[index];
  if (sum === undefined) return l10n.t('{0}: no figure', time);
  const parts = series
    .flatMap(({ name, values }) => {
      const value = values[index];
      return value === undefined ? [] : [{ name, value }];
    })
    .sort((a, b) => b.value - a.value);
  const words = parts
    .slice(0, MOST_PARTS)
    .map(({ name, value }) => `${name} ${amountText(value, unit, 'short', 'used')}`);
  return joinClauses([l10n.t('{0}: {1}', time, amountText(sum, unit, 'short', 'used')), ...words]);
}
