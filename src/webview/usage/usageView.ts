import * as l10n from '@vscode/l10n';
import { html, type LitElement, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownUsage, UsagePageMessage, UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { flawOf } from '../../core/usage/headline.ts';
import { rangeText } from '../../text/range.ts';
import { flawedTitle } from '../../text/usageHeadline.ts';
import { zoneText } from '../../text/zoneName.ts';
import { onThemeChange, Palette } from '../chart/palette.ts';
import { busyBar, type Progress } from '../widgets/busyBar.ts';
import { alert, announcement, SILENCE, type Utterance } from '../widgets/liveRegions.ts';
import { stepOf } from './entries.ts';
import { rangeBar } from './rangeBar.ts';
import { usageSection } from './section.ts';
import type { SectionFigures } from './sectionChart.ts';
import { sectionsOf } from './sections.ts';
import { toolbar } from './toolbar.ts';
import { totalText } from './totals.ts';
import { usageNotes } from './usageNotes.ts';
import { FIRST_VIEW, type ViewState } from './viewState.ts';

const SCROLL_REST_MS = 250;

export interface UsageViewOptions {
  readonly post: (message: UsagePageRequest) => void;
  /** Hears what would have to be kept to show the same again. */
  readonly changed: (shown: ShownUsage | undefined, view: ViewState) => void;
  readonly view: ViewState;
}

/** The whole usage page. */
export class UsageView {
  readonly #place: HTMLElement;
  readonly #options: UsageViewOptions;
  #palette = new Palette();
  #shown: ShownUsage | undefined;
  #sections: readonly SectionFigures[] = [];
  #view: ViewState;
  #progress: Progress | undefined;
  #problem: Utterance = SILENCE;
  #said: Utterance = SILENCE;
  #scrolling: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, options: UsageViewOptions) {
    this.#place = place;
    this.#options = options;
    // What is wrong with restored dates is said only in a region that was there before.
    this.#view = { ...options.view, typed: undefined };
    onThemeChange(() => {
      this.#palette = new Palette();
      this.#render();
    });
    window.addEventListener('scroll', () => this.#keepScroll(), { passive: true });
    this.#render();
    this.#view = options.view;
  }

  receive(message: UsagePageMessage): void {
    const isFirst = message.type === 'show' && this.#shown === undefined;
    switch (message.type) {
      case 'show':
        this.#show(message);
        break;
      case 'busy':
        this.#problem = SILENCE;
        this.#progress = message;
        break;
      case 'idle':
        this.#progress = undefined;
        break;
      case 'problem':
        this.#progress = undefined;
        this.#problem = { text: message.message };
    }
    this.#render();
    if (isFirst) void this.#scrollBack();
  }

  #show(shown: ShownUsage): void {
    const before = this.#shown;
    this.#shown = shown;
    this.#sections = sectionsWith(shown);
    if (before) {
      const asked = before.answer.question;
      const { from, to } = shown.answer.question;
      // What was asked for meanwhile is not typed any more.
      if (asked.from !== from || asked.to !== to) this.#keep({ typed: undefined });
      this.#said = {
        text: this.#sections.map(({ section, missing }) => totalText(section, missing)).join(', '),
      };
    }
    this.#keep({});
  }

  /** To where an earlier self of the page was, once all parts of the page are there. */
  async #scrollBack(): Promise<void> {
    const { scrollTop } = this.#view;
    const parts = this.#place.querySelectorAll<LitElement>('usage-section');
    await Promise.all([...parts].map(part => part.updateComplete));
    window.scrollTo(0, scrollTop);
  }

  #render(): void {
    const { post } = this.#options;
    const shown = this.#shown;
    const sections = this.#sections;
    const page = html`<div class="page">
      <header>
        <h1>${titleOf(shown)}</h1>
        ${rangeBar({
          shown: shown?.answer.question,
          preset: shown?.preset,
          typed: this.#view.typed,
          askPreset: preset => post({ type: 'askPreset', preset }),
          askRange: ({ from, to }) => post({ type: 'askRange', from, to }),
          type: typed => this.#change({ typed }),
        })}
        ${toolbar({
          view: this.#view,
          // Before there are figures, everything can be chosen.
          hasHours: !shown || sections.some(({ section }) => stepOf(section) === 'hour'),
          isComparing: shown?.comparing ?? false,
          hasReports: !shown || shown.answer.reports.length > 0,
          changed: change => this.#change(change),
          post,
        })}
        <p class="zone">${zoneText()}</p>
      </header>
      ${busyBar(this.#progress, () => post({ type: 'cancel' }))} ${alert(this.#problem)}
      <main>
        ${shown && usageNotes(shown, sections.length, post)}
        ${repeat(
          sections,
          ({ section }) => section.id,
          each => this.#section(each),
        )}
      </main>
      ${announcement(this.#said)}
    </div>`;
    render(page, this.#place);
  }

  #section(figures: SectionFigures) {
    return usageSection({
      figures,
      view: this.#view,
      palette: this.#palette,
      ordered: (order, words) => {
        this.#said = { text: words };
        this.#change({ orders: { ...this.#view.orders, [this.#view.table]: order } });
      },
      say: text => {
        this.#said = { text };
        this.#render();
      },
    });
  }

  #change(change: Partial<ViewState>): void {
    this.#keep(change);
    this.#render();
  }

  /** Once the page has come to rest: what is kept may be long. */
  #keepScroll(): void {
    clearTimeout(this.#scrolling);
    this.#scrolling = setTimeout(() => this.#keep({ scrollTop: window.scrollY }), SCROLL_REST_MS);
  }

  #keep(change: Partial<ViewState>): void {
    this.#view = { ...FIRST_VIEW, ...this.#view, ...change };
    this.#options.changed(this.#shown, this.#view);
  }
}

function titleOf(shown: ShownUsage | undefined): string {
  if (!shown) return l10n.t('Usage');
  const { reports, missing = [], question } = shown.answer;
  const title = l10n.t('Usage: {0}', rangeText(question));
  return flawedTitle(title, flawOf(reports, missing.length));
}

function sectionsWith({ answer, previous, timeZone }: ShownUsage): readonly SectionFigures[] {
  const before = previous && sectionsOf(previous.reports);
  return sectionsOf(answer.reports).map(section => ({
    section,
    missing: answer.missing?.length ?? 0,
    previous: before && {
      section: before.find(({ id }) => id === section.id),
      flaw: flawOf(previous.reports, previous.missing?.length),
    },
    timeZone,
  }));
}
