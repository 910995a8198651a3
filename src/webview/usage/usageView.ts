import * as l10n from '@vscode/l10n';
import { html, type LitElement, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import {
  hasSpendWithoutModel,
  knowsModels,
  type Looked,
  type LookInto,
  lookedAt,
} from '../../core/panels/lookInto.ts';
import type { ShownUsage, UsagePageMessage, UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { zoneText } from '../../text/zoneName.ts';
import { onThemeChange, Palette } from '../chart/palette.ts';
import { busyBar } from '../widgets/busyBar.ts';
import { type Announcement, alert, announcement, NO_ANNOUNCEMENT } from '../widgets/liveRegions.ts';
import { stepOf } from './entries.ts';
import { keyChoice } from './keyChoice.ts';
import { lookBar } from './lookBar.ts';
import { rangeBar } from './rangeBar.ts';
import { usageSection } from './section.ts';
import type { SectionFigures } from './sectionChart.ts';
import { usageTitle } from './shownFigures.ts';
import { toolbar } from './toolbar.ts';
import { totalText } from './totals.ts';
import { usageNotes } from './usageNotes.ts';
import { UsagePageData } from './usagePageData.ts';
import { FIRST_VIEW, lookingBack, lookingInto, type ViewState } from './viewState.ts';

const SCROLL_DEBOUNCE_MS = 250;

export interface UsageViewOptions {
  readonly post: (message: UsagePageRequest) => void;
  /** Called with the state that has to be saved to restore the page. */
  readonly save: (shown: ShownUsage | undefined, view: ViewState) => void;
  readonly view: ViewState;
}

/** The whole usage page. */
export class UsageView {
  readonly #place: HTMLElement;
  readonly #options: UsageViewOptions;
  #palette = new Palette();
  readonly #data = new UsagePageData();
  #view: ViewState;
  #announcement: Announcement = NO_ANNOUNCEMENT;
  #wantsHours = false;
  /** The keys that are ticked and not shown yet. */
  #ticked: ReadonlySet<string> | undefined;
  #scrollTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, options: UsageViewOptions) {
    this.#place = place;
    this.#options = options;
    // Screen readers read the problem of restored dates only if its region existed before: the first render has no
    // dates.
    this.#view = { ...options.view, typed: undefined };
    onThemeChange(() => {
      this.#palette = new Palette();
      this.#render();
    });
    window.addEventListener('scroll', () => this.#saveScrollDebounced(), { passive: true });
    this.#render();
    this.#view = options.view;
  }

  receive(message: UsagePageMessage): void {
    const before = this.#data.shown;
    this.#data.receive(message, this.#view.only);
    if (message.type === 'show') this.#onShown(message, before);
    this.#render();
    if (message.type === 'show' && !before) void this.#scrollBack();
  }

  #onShown(shown: ShownUsage, before: ShownUsage | undefined): void {
    if (before?.answer.question.keyIds.join() !== shown.answer.question.keyIds.join())
      this.#ticked = undefined;
    if (this.#wantsHours) this.#options.post({ type: 'hours' });
    if (before) {
      const asked = before.answer.question;
      const { from, to } = shown.answer.question;
      // Dates that have been asked for are no longer unsent.
      if (asked.from !== from || asked.to !== to) this.#save({ typed: undefined });
      this.#announcement = {
        text: this.#data.sections.map(({ section, missing }) => totalText(section, missing)).join(', '),
      };
    }
    this.#save({});
  }

  /** Scrolls to the saved position once all parts of the page are drawn. */
  async #scrollBack(): Promise<void> {
    const { scrollTop } = this.#view;
    const parts = this.#place.querySelectorAll<LitElement>('usage-section');
    await Promise.all([...parts].map(part => part.updateComplete));
    window.scrollTo(0, scrollTop);
  }

  #render(): void {
    const { post } = this.#options;
    const { shown, sections, totals, progress, problem } = this.#data;
    const page = html`<div class="page">
      <header>
        <h1>${usageTitle(shown)}</h1>
        ${rangeBar({
          shown: shown?.answer.question,
          preset: shown?.preset,
          typed: this.#view.typed,
          askPreset: preset => post({ type: 'askPreset', preset }),
          askRange: ({ from, to }) => post({ type: 'askRange', from, to }),
          type: typed => this.#change({ typed }),
        })}
        ${shown && this.#keyChoice(shown)}
        ${toolbar({
          view: this.#view,
          // Before there are figures, every choice is offered.
          hasHours: !shown || sections.some(({ section }) => stepOf(section) === 'hour'),
          isComparing: shown?.comparing ?? false,
          hasReports: !shown || shown.answer.reports.length > 0,
          onChange: change => this.#change(change),
          post,
        })}
        <p class="zone">${zoneText()}</p>
      </header>
      ${alert(problem)}
      <main>
        ${busyBar(progress, () => post({ type: 'cancel' }))}
        ${shown && usageNotes(shown, { sections: sections.length, totals }, post)}
        ${shown && this.#lookBar(shown)}
        ${repeat(
          sections,
          ({ section }) => section.id,
          each => this.#section(each),
        )}
      </main>
      ${announcement(this.#announcement)}
    </div>`;
    render(page, this.#place);
  }

  #section(figures: SectionFigures) {
    return usageSection({
      figures,
      view: this.#view,
      palette: this.#palette,
      onSort: (order, text) => {
        this.#announcement = { text };
        this.#change({ orders: { ...this.#view.orders, [this.#view.table]: order } });
      },
      hourly: this.#data.hourly && lookedAt(this.#data.hourly, this.#view.only ?? {}),
      askHours: () => this.#askHours(),
      lookInto: (part, looked) => this.#lookInto(part, looked),
      announce: text => {
        this.#announcement = { text };
        this.#render();
      },
    });
  }

  #keyChoice({ keys = [], answer }: ShownUsage) {
    const { keyIds } = answer.question;
    return keyChoice({
      keys,
      shown: keyIds.length === 0 ? keys.map(({ id }) => id) : keyIds,
      ticked: this.#ticked,
      onTick: ticked => {
        this.#ticked = ticked;
        this.#render();
      },
      onChoose: chosen => this.#options.post({ type: 'chooseKeys', keyIds: [...chosen] }),
    });
  }

  #lookBar({ answer }: ShownUsage) {
    const only = this.#view.only ?? {};
    return lookBar({
      only,
      lacksModels: hasSpendWithoutModel(answer.reports, only),
      onBack: part => this.#lookBack(part),
    });
  }

  #lookInto(part: keyof LookInto, looked: Looked): void {
    const hasModels = this.#data.sections.some(({ section }) => section.reports.some(knowsModels));
    this.#look(lookingInto(this.#view, part, looked, hasModels));
    this.#announcement = { text: l10n.t('Only {0} is shown', looked.name) };
    this.#render();
    // The pressed element may be gone, so the focus goes to the chip.
    this.#place.querySelector<HTMLElement>('.look .chip:last-of-type')?.focus();
  }

  #lookBack(part: keyof LookInto): void {
    this.#look(lookingBack(this.#view, part));
    this.#announcement = {
      text: part === 'key' ? l10n.t('All keys are shown again') : l10n.t('All models are shown again'),
    };
    this.#render();
    const next = this.#place.querySelector<HTMLElement>('.look .chip') ?? this.#place.querySelector('.chart');
    next?.focus();
  }

  #askHours(): void {
    this.#wantsHours = true;
    if (!this.#data.hourly) this.#options.post({ type: 'hours' });
  }

  #look(change: Partial<ViewState>): void {
    this.#save(change);
    this.#data.lookInto(this.#view.only);
  }

  #change(change: Partial<ViewState>): void {
    this.#save(change);
    this.#render();
  }

  /** Debounced: saves the position once scrolling has stopped, since the saved state may be long. */
  #saveScrollDebounced(): void {
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = setTimeout(() => this.#save({ scrollTop: window.scrollY }), SCROLL_DEBOUNCE_MS);
  }

  #save(change: Partial<ViewState>): void {
    this.#view = { ...FIRST_VIEW, ...this.#view, ...change };
    this.#options.save(this.#data.shown, this.#view);
  }
}
