import * as l10n from '@vscode/l10n';
import type { Flaw } from '../../core/usage/headline.ts';
import { amountText } from '../../text/amount.ts';
import { joinClauses } from '../../text/clauses.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import type { ChartContent } from '../chart/chart.ts';
import { type Stack, stackOf, uncoveredStretches } from '../chart/stack.ts';
import { timeText } from '../chart/timeLabels.ts';
import { entriesFor, stepOf } from './entries.ts';
import { hasModels } from './parts.ts';
import { type Section, sectionTotal } from './sections.ts';
import type { ViewState } from './viewState.ts';

/** A section and the one that it is compared with. */
export interface SectionFigures {
  readonly section: Section;
  /** How many of the keys that were asked about belong into it and have no figure. */
  readonly missing: number;
  /** The same section in the previous period, while the two are compared. */
  readonly previous?: { readonly section: Section | undefined; readonly flaw: Flaw | undefined };
  readonly timeZone: string;
  /** The colors that keys and models have for good, by id; absent where none is known. */
  readonly slots?: Readonly<Record<'key' | 'model', ReadonlyMap<string, number>>>;
}

/** The chart of a section; undefined when there is nothing to draw. */
export function chartOf(
  figures: SectionFigures,
  step: ViewState['step'],
  stackBy: ViewState['stackBy'],
): ChartContent | undefined {
  const { section, previous, timeZone, slots } = figures;
  const stack = stackFor(section, timeZone, step, stackBy, slots);
  if (!stack || stack.series.length === 0) return undefined;
  return {
    stack,
    unit: section.unit,
    previous: previous?.section && stackFor(previous.section, timeZone, step, stackBy)?.sums,
    label:
      stack.step === 'hour'
        ? l10n.t('Spend by hour; arrow keys move')
        : l10n.t('Spend by day; arrow keys move'),
    caption: captionOf(section, stack, previous?.section !== undefined),
    pointText: index => pointText(stack, index, section),
  };
}

/** Whether a section has a total whose source gives no times. */
export function isUntimed(section: Section): boolean {
  return stepOf(section) === undefined && sectionTotal(section) !== undefined;
}

/** The step of the times that are shown. */
export function shownStep(section: Section, step: ViewState['step']): Stack['step'] | undefined {
  const finest = stepOf(section);
  return finest === 'hour' && step === 'day' ? 'day' : finest;
}

/** What was spent in the previous period, by the label of the time in this period that has the same index. */
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

/** What the chart of a section is stacked by: models only where they are known over time. */
export function stackedBy(section: Section, stackBy: ViewState['stackBy']): ViewState['stackBy'] {
  return stackBy === 'model' && hasModels(section) ? 'model' : 'key';
}

function stackFor(
  section: Section,
  timeZone: string,
  step: ViewState['step'],
  stackBy: ViewState['stackBy'],
  slots?: SectionFigures['slots'],
): Stack | undefined {
  const shown = shownStep(section, step);
  const by = stackedBy(section, stackBy);
  return shown && stackOf(section, { by, step: shown, timeZone, now: Date.now(), slots: slots?.[by] });
}

function captionOf(section: Section, stack: Stack, isCompared: boolean): string {
  const isPartial = uncoveredStretches(stack).length > 0;
  const isLacking = entriesFor(section, 'time').some(({ at, used }) => at === undefined && used !== 0);
  const sentences = [
    ...(isPartial ? [l10n.t('Hatched: not covered, or only in part.')] : []),
    ...(isLacking ? [l10n.t('Spend at unknown times is not in the chart.')] : []),
    ...(isCompared ? [l10n.t('Dashed line: the period before.')] : []),
  ];
  return joinSentences(...sentences);
}

const MAX_PARTS = 3;

/** One time of the chart as a text: its sum, and its biggest parts. */
export function pointText({ times, sums, series }: Stack, index: number, { unit }: Section): string {
  const time = timeText(times[index] ?? '');
  const sum = sums[index];
  if (sum === undefined) return l10n.t('{0}: no figure', time);
  const parts = series
    .flatMap(({ name, values }) => {
      const value = values[index];
      return value === undefined ? [] : [{ name, value }];
    })
    .sort((a, b) => b.value - a.value);
  const partTexts = parts
    .slice(0, MAX_PARTS)
    .map(({ name, value }) => `${name} ${amountText(value, unit, 'short', 'up')}`);
  return joinClauses([l10n.t('{0}: {1}', time, amountText(sum, unit, 'short', 'up')), ...partTexts]);
}
