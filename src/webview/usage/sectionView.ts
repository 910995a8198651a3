import * as l10n from '@vscode/l10n';
import { type Flaw, headlineOf } from '../../core/usage/headline.ts';
import { amountText } from '../../text/amount.ts';
import { clauses } from '../../text/clauses.ts';
import { scopeName } from '../../text/usage.ts';
import { Chart } from '../chart/chart.ts';
import { Legend } from '../chart/legend.ts';
import type { Palette } from '../chart/palette.ts';
import { type Stack, stackOf } from '../chart/stack.ts';
import { timeText } from '../chart/timeLabels.ts';
import { createElement, nameOf } from '../widgets/element.ts';
import { knowsModels } from '../widgets/parts.ts';
import type { SortOrder } from '../widgets/sorting.ts';
import { coverageNotes, namesText } from './coverageNotes.ts';
import { stepOf } from './entries.ts';
import { otherSources } from './otherSources.ts';
import { type Section, sectionTotal } from './sections.ts';
import { sectionTable } from './sectionTable.ts';
import { totalsList } from './totals.ts';
import type { TableKind, ViewState } from './viewState.ts';

export interface SectionOptions {
  readonly section: Section;
  /** How many keys that were asked about are in no section, because they told nothing. */
  readonly missing: number;
  /** The same section in the period before, while it is compared with. */
  readonly previous?: { readonly section: Section | undefined; readonly flaw: Flaw | undefined };
  readonly timeZone: string;
  readonly palette: Palette;
  readonly ordered: (table: TableKind, order: SortOrder) => void;
  readonly say: (words: string) => void;
}

/** All about the reports of one unit: totals, coverage, chart, table, other sources. */
export class SectionView {
  readonly element: HTMLElement;
  readonly #options: SectionOptions;
  readonly #chartPlace = createElement('div');
  readonly #tablePlace = createElement('div');
  #chart: Chart | undefined;
  #legend: Legend | undefined;

  constructor(options: SectionOptions, view: ViewState) {
    this.#options = options;
    const { section, missing, previous, say } = options;
    const total = sectionTotal(section);
    this.element = createElement(
      'section',
      {},
      heading(section),
      totalsList({
        unit: section.unit,
        total,
        headline: headlineOf(section.reports, missing, Date.now()),
        previous: previous && {
          total: previous.section && sectionTotal(previous.section),
          flaw: previous.flaw,
        },
      }),
      coverage(section, total?.used === 0 && headlineOf(section.reports, missing, Date.now()).isWhole),
      this.#chartPlace,
      this.#tablePlace,
      otherSources(section.reports, say),
    );
    this.showChart(view);
    this.showTable(view);
  }

  /** Draws the chart as the view wants it. */
  showChart(view: ViewState): void {
    const { section, palette } = this.#options;
    this.#chart?.dispose();
    this.#chart = undefined;
    const stack = this.#stackFor(section, view);
    if (!stack || stack.series.length === 0) {
      const isUntimed = stack === undefined && sectionTotal(section) !== undefined;
      this.#chartPlace.replaceChildren(...(isUntimed ? [untimed()] : []));
      return;
    }
    const legend = new Legend(stack, section.unit, palette, series => this.#chart?.highlight(series));
    this.#legend = legend;
    this.#chart = new Chart({
      stack,
      unit: section.unit,
      previous: this.#previousSums(view),
      palette,
      label:
        stack.step === 'hour'
          ? l10n.t('Spend by hour; arrow keys move')
          : l10n.t('Spend by day; arrow keys move'),
      pointText: index => pointText(stack, index, section),
      pointed: index => legend.show(index),
    });
    this.#chartPlace.replaceChildren(
      createElement(
        'figure',
        {},
        this.#chart.element,
        legend.element,
        ...captions(stack, this.#options.previous),
      ),
    );
  }

  /** Draws the table as the view wants it. */
  showTable(view: ViewState): void {
    const { section, previous, ordered, say } = this.#options;
    const table = sectionTable({
      section,
      previous: previous?.section,
      comparing: previous !== undefined,
      previousTimes: this.#previousTimes(view),
      view,
      step: this.#stepFor(section, view) ?? 'day',
      ordered: (order, words) => {
        ordered(view.table, order);
        say(words);
      },
    });
    this.#tablePlace.replaceChildren(...(table ? [table] : []));
  }

  /** Draws anew in the colours of the theme. */
  redraw(): void {
    this.#chart?.redraw();
    this.#legend?.redraw();
  }

  dispose(): void {
    this.#chart?.dispose();
  }

  #stepFor(section: Section, view: ViewState) {
    const step = stepOf(section);
    return step === 'hour' && view.step === 'day' ? 'day' : step;
  }

  #stackFor(section: Section, view: ViewState): Stack | undefined {
    const step = this.#stepFor(section, view);
    const by = view.stackBy === 'model' && knowsModels(section) ? 'model' : 'key';
    return step && stackOf(section, { by, step, timeZone: this.#options.timeZone });
  }

  #previousSums(view: ViewState): Stack['sums'] | undefined {
    const before = this.#options.previous?.section;
    return before && this.#stackFor(before, view)?.sums;
  }

  /** What was spent in the period before, under the time of this period that stands in the same place. */
  #previousTimes(view: ViewState): ReadonlyMap<string, number> {
    const sums = this.#previousSums(view);
    const times = sums ? this.#stackFor(this.#options.section, view)?.times : [];
    return new Map(
      (times ?? []).flatMap((time, at) => {
        const sum = sums?.[at];
        return sum === undefined ? [] : [[time, sum] as const];
      }),
    );
  }
}

function heading({ scope, unit, reports }: Section): HTMLElement {
  const unitName = unit.code === 'CUSTOM' ? (unit.symbol ?? unit.code) : unit.code;
  const names = nameOf(namesText(reports.map(scopeName)));
  const kind = scope === 'account' ? l10n.t('Accounts') : l10n.t('Keys');
  return createElement('h2', {}, `${kind} · ${unitName} · `, names);
}

function coverage({ reports, unit }: Section, isZero: boolean): HTMLElement {
  const lines = coverageNotes(reports).map(({ names, text, isPartial }) =>
    createElement(
      'p',
      { class: isPartial && 'partial' },
      ...(names.length > 0 ? [nameOf(namesText(names)), ': '] : []),
      text,
    ),
  );
  if (isZero)
    lines.unshift(createElement('p', { class: 'empty' }, l10n.t('Nothing was spent in this range.')));
  if (unit.source === 'default' && unit.code !== 'UNITS') {
    lines.push(
      createElement('p', {}, l10n.t('≈ The gateway does not say its unit; the usual one is assumed.')),
    );
  }
  return createElement('div', { class: 'coverage' }, ...lines);
}

function untimed(): HTMLElement {
  return createElement('p', {}, l10n.t('The source gives a total only: there is nothing to chart.'));
}

function captions({ covered, times }: Stack, previous: SectionOptions['previous']): HTMLElement[] {
  const words = [
    ...(covered.first > 0 || covered.last < times.length - 1 ? [l10n.t('Hatched: not covered.')] : []),
    ...(previous?.section ? [l10n.t('Dashed line: the period before.')] : []),
  ];
  return words.length === 0 ? [] : [createElement('figcaption', {}, words.join(' '))];
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
  return clauses([l10n.t('{0}: {1}', time, amountText(sum, unit, 'short', 'used')), ...words]);
}
