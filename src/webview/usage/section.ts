import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Looked } from '../../core/panels/lookInto.ts';
import { headlineOf } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { type WeekHours, weekHours } from '../../core/usage/weekHours.ts';
import { type ChartContent, chart } from '../chart/chart.ts';
import type { Palette } from '../chart/palette.ts';
import { sortableTable, type TableContent } from '../widgets/sortableTable.ts';
import type { SortOrder } from '../widgets/sorting.ts';
import { weekMap } from '../widgets/weekMap.ts';
import { otherSources, silentSources } from './otherSources.ts';
import { chartOf, isUntimed, type SectionFigures, stackedBy } from './sectionChart.ts';
import { sectionCoverage, sectionHeading, sectionName } from './sectionNotes.ts';
import { sectionTotal } from './sections.ts';
import { sectionTable } from './sectionTable.ts';
import { daysOf, type TotalItem, totalItems } from './totals.ts';
import type { ViewState } from './viewState.ts';

export interface SectionOptions {
  /** The section is calculated again only for another object. */
  readonly figures: SectionFigures;
  readonly view: ViewState;
  readonly palette: Palette;
  readonly onSort: (order: SortOrder, text: string) => void;
  readonly announce: (text: string) => void;
  /** The same reports hour by hour; undefined until they were asked for and have come. */
  readonly hourly: readonly UsageReport[] | undefined;
  readonly askHours: () => void;
  /** Shows one key or model alone. */
  readonly lookInto: (part: 'key' | 'model', looked: Looked) => void;
}

/** Everything about the reports of one unit: totals, coverage, chart, table, other sources. */
export function usageSection({
  figures,
  view,
  palette,
  onSort,
  announce,
  lookInto,
  hourly,
  askHours,
}: SectionOptions): TemplateResult {
  const { stackBy, step, table, orders } = view;
  return html`<usage-section
    .figures=${figures}
    .stackBy=${stackBy}
    .step=${step}
    .table=${table}
    .order=${orders[table]}
    .palette=${palette}
    .sortChanged=${onSort}
    .announce=${announce}
    .lookInto=${lookInto}
    .hourly=${hourly}
    .askHours=${askHours}
  ></usage-section>`;
}

/** Sums up only the parts that have changed: there may be tens of thousands of figures. */
class UsageSection extends LitElement {
  static override properties = {
    figures: { attribute: false },
    stackBy: { attribute: false },
    step: { attribute: false },
    table: { attribute: false },
    order: { attribute: false },
    palette: { attribute: false },
    sortChanged: { attribute: false },
    announce: { attribute: false },
    lookInto: { attribute: false },
    hourly: { attribute: false },
    askHours: { attribute: false },
  };

  declare figures: SectionFigures;
  declare stackBy: ViewState['stackBy'];
  declare step: ViewState['step'];
  declare table: ViewState['table'];
  declare order: SortOrder | undefined;
  declare palette: Palette;
  declare sortChanged: SectionOptions['onSort'];
  declare announce: SectionOptions['announce'];
  declare lookInto: SectionOptions['lookInto'];
  declare hourly: SectionOptions['hourly'];
  declare askHours: SectionOptions['askHours'];
  #week: WeekHours | undefined;
  #chart: ChartContent | undefined;
  #table: TableContent | undefined;
  #others: TableContent | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const isAnother = changed.has('figures') || changed.has('step');
    if (isAnother || changed.has('stackBy')) this.#chart = chartOf(this.figures, this.step, this.stackBy);
    if (isAnother || changed.has('table'))
      this.#table = this.#named(
        sectionTable(this.figures, this.step, this.table, (part, id, name) =>
          this.lookInto(part, { id, name }),
        ),
      );
    if (changed.has('figures') || changed.has('hourly'))
      this.#week = this.hourly && weekHours(this.figures.section.reports, this.hourly, this.figures.timeZone);
    if (changed.has('figures')) this.#others = this.#named(otherSources(this.figures.section.reports));
  }

  protected override render(): TemplateResult {
    const { section, missing, previous, timeZone } = this.figures;
    const total = sectionTotal(section);
    const headline = headlineOf(section.reports, missing, Date.now());
    const before = previous && {
      total: previous.section && sectionTotal(previous.section),
      flaw: previous.flaw,
    };
    return html`
      ${sectionHeading(section)} ${totalsList(totalItems({ unit: section.unit, total, headline, days: daysOf(section, timeZone, Date.now()), previous: before }))}
      ${sectionCoverage(section, headline)}
      ${this.#chart ? chart(this.#chart, this.palette, this.#lookFromChart) : nothing} ${isUntimed(section) ? noTimesNote() : nothing}
      ${this.#table ? sortableTable(this.#table, this.sortChanged, this.order) : nothing}
      ${weekMap({ week: this.#week, unit: section.unit, of: sectionName(section), onOpen: () => this.askHours() })}
      ${this.#others ? sortableTable(this.#others, (_, text) => this.announce(text)) : nothing}
      ${silentSources(section.reports) ?? nothing}
    `;
  }

  /** Sections may have the same tables: the regions of a page have names of their own. */
  #named(table: TableContent | undefined): TableContent | undefined {
    return table && { ...table, region: `${table.caption} · ${sectionName(this.figures.section)}` };
  }

  readonly #lookFromChart = (id: string, name: string) =>
    this.lookInto(stackedBy(this.figures.section, this.stackBy), { id, name });

  /** The section is complete when its chart and tables are. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    const parts = this.querySelectorAll<LitElement>('usage-chart, sortable-table');
    await Promise.all([...parts].map(part => part.updateComplete));
    return isComplete;
  }
}

customElements.define('usage-section', UsageSection);

function totalsList(items: readonly TotalItem[]): TemplateResult {
  return html`<dl class="totals">
    ${items.map(
      ({ label, value, exact, name }) =>
        html`<div class=${name ?? nothing}><dt>${label}</dt><dd title=${exact ?? nothing}>${value}</dd></div>`,
    )}
  </dl>`;
}

function noTimesNote(): TemplateResult {
  return html`<p>${l10n.t('The source gives a total only: there is nothing to chart.')}</p>`;
}
