import * as l10n from '@vscode/l10n';
import type { FromUsagePage, ShownUsage, ToUsagePage } from '../../core/panels/usageMessages.ts';
import { flawOf } from '../../core/usage/headline.ts';
import type { RangePreset } from '../../core/usage/rangePresets.ts';
import { rangeText } from '../../text/range.ts';
import { dateTimeText } from '../../text/time.ts';
import { scopeName } from '../../text/usage.ts';
import { flawedTitle } from '../../text/usageHeadline.ts';
import { zoneText } from '../../text/zoneName.ts';
import { onThemeChange, Palette } from '../chart/palette.ts';
import { Announcer } from '../widgets/announcer.ts';
import { BusyBar } from '../widgets/busyBar.ts';
import { button } from '../widgets/button.ts';
import { createElement, nameOf } from '../widgets/element.ts';
import { lackTitle, namesText } from './coverageNotes.ts';
import { stepOf } from './entries.ts';
import { RangeBar } from './rangeBar.ts';
import { sectionsOf } from './sections.ts';
import { SectionView } from './sectionView.ts';
import { Toolbar } from './toolbar.ts';
import { totalText } from './totals.ts';
import { FIRST_VIEW, type ViewState } from './viewState.ts';

const SCROLL_REST_MS = 250;

export interface UsageViewOptions {
  readonly post: (message: FromUsagePage) => void;
  /** Hears what would have to be kept to show the same again. */
  readonly changed: (shown: ShownUsage | undefined, view: ViewState) => void;
  readonly view: ViewState;
}

/** The whole usage page. */
export class UsageView {
  readonly element: HTMLElement;
  readonly #options: UsageViewOptions;
  readonly #title = createElement('h1', {}, l10n.t('Usage'));
  readonly #ranges: RangeBar;
  readonly #toolbar: Toolbar;
  readonly #busy: BusyBar;
  readonly #problem = createElement('div', { class: 'problem', role: 'alert' });
  readonly #announcer = new Announcer();
  readonly #content = createElement('main');
  readonly #palette = new Palette();
  #sections: readonly SectionView[] = [];
  #shown: ShownUsage | undefined;
  #view: ViewState;
  #scrolling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: UsageViewOptions) {
    this.#options = options;
    this.#view = options.view;
    const { post } = options;
    this.#ranges = new RangeBar({
      askPreset: (preset: RangePreset) => post({ type: 'askPreset', preset }),
      askRange: ({ from, to }) => post({ type: 'askRange', from, to }),
      typed: typed => this.#keep({ typed }),
    });
    this.#toolbar = new Toolbar({ changed: change => this.#look(change), post }, options.view);
    this.#busy = new BusyBar(() => post({ type: 'cancel' }));
    this.element = createElement(
      'div',
      { class: 'page' },
      createElement(
        'header',
        {},
        this.#title,
        this.#ranges.element,
        this.#toolbar.element,
        createElement('p', { class: 'zone' }, zoneText()),
      ),
      this.#busy.element,
      this.#problem,
      this.#content,
      this.#announcer.element,
    );
    onThemeChange(() => {
      this.#palette.reread();
      for (const section of this.#sections) section.redraw();
    });
    window.addEventListener('scroll', () => this.#keepScroll(), { passive: true });
  }

  receive(message: ToUsagePage): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        break;
      case 'busy':
        this.#problem.textContent = '';
        this.#busy.show(message.done, message.total);
        break;
      case 'idle':
        this.#busy.hide();
        break;
      case 'problem':
        this.#busy.hide();
        this.#problem.textContent = message.message;
    }
  }

  #show(shown: ShownUsage): void {
    const isFirst = this.#shown === undefined;
    const asked = this.#shown?.answer.question;
    const isSameQuestion =
      asked?.from === shown.answer.question.from && asked.to === shown.answer.question.to;
    this.#shown = shown;
    const { answer, previous, comparing, preset, timeZone } = shown;
    const { missing = [] } = answer;
    const sections = sectionsOf(answer.reports);
    const before = previous && sectionsOf(previous.reports);
    const title = l10n.t('Usage: {0}', rangeText(answer.question));
    this.#title.textContent = flawedTitle(title, flawOf(answer.reports, missing.length));
    this.#ranges.show(answer.question, preset);
    // What was asked for meanwhile is not typed any more.
    if (isFirst && this.#view.typed) this.#ranges.type(this.#view.typed);
    else if (!isFirst && !isSameQuestion) this.#keep({ typed: undefined });
    const hours = sections.some(section => stepOf(section) === 'hour');
    this.#toolbar.show({ hours, comparing, hasReports: answer.reports.length > 0 });
    for (const section of this.#sections) section.dispose();
    this.#sections = sections.map(
      section =>
        new SectionView(
          {
            section,
            missing: missing.length,
            previous: before && {
              section: before.find(({ id }) => id === section.id),
              flaw: flawOf(previous.reports, (previous.missing ?? []).length),
            },
            timeZone,
            palette: this.#palette,
            ordered: (table, order) => this.#keep({ orders: { ...this.#view.orders, [table]: order } }),
            say: words => this.#announcer.say(words),
          },
          this.#view,
        ),
    );
    const notes = [
      ...this.#waitingNotes(shown),
      ...lacks(lackTitle(sections.length > 0), answer.problems),
      ...lacks(l10n.t('Not in the figures of the period before:'), previous?.problems ?? []),
      ...(sections.length > 1
        ? [
            createElement(
              'p',
              {},
              l10n.t('Figures in different units, and those of accounts and of their keys, are not added.'),
            ),
          ]
        : []),
    ];
    const isNothing = sections.length === 0 && answer.problems.length === 0;
    const nothing = isNothing ? [createElement('p', { class: 'empty' }, l10n.t('No figures.'))] : [];
    this.#content.replaceChildren(...notes, ...nothing, ...this.#sections.map(({ element }) => element));
    if (isFirst) window.scrollTo(0, this.#view.scrollTop);
    else this.#announcer.say(sections.map(section => totalText(section, missing.length)).join(', '));
    this.#keep({});
  }

  /** Which keys had no turn, when they have one, and what can be done about it. */
  #waitingNotes({ answer, waitsUntil }: ShownUsage): HTMLElement[] {
    const held = [...answer.reports, ...(answer.missing ?? [])].filter(
      ({ retryAt }) => retryAt !== undefined,
    );
    const [first] = held.map(({ retryAt = '' }) => retryAt).sort();
    if (first === undefined) return [];
    const { post } = this.#options;
    const names = namesText(held.map(scopeName));
    const words =
      waitsUntil === undefined
        ? l10n.t(
            'To leave room for your own use, the gateway was not asked about {0}. It can be asked again at {1}.',
            names,
            dateTimeText(first),
          )
        : l10n.t(
            'To leave room for your own use, the gateway was not asked about {0}. It is asked by itself at {1}.',
            names,
            dateTimeText(waitsUntil),
          );
    return [
      createElement(
        'div',
        { class: 'waiting row', role: 'status' },
        nameOf(words),
        button(l10n.t('Ask Now Anyway'), () => post({ type: 'askNow' })),
        ...(waitsUntil === undefined
          ? []
          : [button(l10n.t('Do Not Wait'), () => post({ type: 'stopWaiting' }))]),
      ),
    ];
  }

  #look(change: Partial<ViewState>): void {
    this.#keep(change);
    for (const section of this.#sections) {
      if ('table' in change || 'step' in change) section.showTable(this.#view);
      if ('stackBy' in change || 'step' in change) section.showChart(this.#view);
    }
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

/** What is missing in figures, a sentence for each key. */
function lacks(title: string, problems: readonly string[]): HTMLElement[] {
  if (problems.length === 0) return [];
  const items = problems.map(problem => createElement('li', {}, nameOf(problem)));
  return [
    createElement(
      'div',
      { class: 'lacks' },
      createElement('p', {}, title),
      createElement('ul', {}, ...items),
    ),
  ];
}
