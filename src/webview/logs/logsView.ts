import * as l10n from '@vscode/l10n';
import type { FromLogsPage, KeptLogs, LogsProgress, ToLogsPage } from '../../core/panels/logsMessages.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { LogFilterName } from '../../core/usage/logRow.ts';
import { amountText, countText } from '../../text/amount.ts';
import { zoneText } from '../../text/zoneName.ts';
import { Announcer } from '../widgets/announcer.ts';
import { BusyBar } from '../widgets/busyBar.ts';
import { button, setUsable } from '../widgets/button.ts';
import { createElement } from '../widgets/element.ts';
import { isVisible, whenVisible } from '../widgets/whenVisible.ts';
import { filterName, LogsFilterBar } from './logsFilterBar.ts';
import { LogTable } from './logTable.ts';

export interface LogsViewOptions {
  readonly post: (message: FromLogsPage) => void;
  /** Hears what would have to be kept to show the same again. */
  readonly changed: (kept: KeptLogs) => void;
  /** What an earlier self kept: VS Code makes a page anew when its tab is shown again. */
  readonly kept?: KeptLogs;
}

const SCROLL_REST_MS = 250;

/** The whole logs page. */
export class LogsView {
  readonly element: HTMLElement;
  readonly #options: LogsViewOptions;
  readonly #title = createElement('h1', {}, l10n.t('Logs'));
  readonly #filter: LogsFilterBar;
  readonly #busy: BusyBar;
  readonly #problem = createElement('div', { class: 'problem', role: 'alert' });
  readonly #summary = createElement('p', { class: 'coverage' });
  readonly #table: LogTable;
  readonly #end = createElement('p', { class: 'coverage' });
  readonly #more: ReturnType<typeof button>;
  readonly #export: ReturnType<typeof button>;
  readonly #announcer = new Announcer();
  /** Stands behind the last row. */
  readonly #sentinel: HTMLElement;
  #isBusy = false;
  #kept: KeptLogs | undefined;
  #scrolling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LogsViewOptions) {
    this.#options = options;
    const { post } = options;
    this.#filter = new LogsFilterBar({
      search: form => post({ type: 'search', form }),
      typed: typed => this.#keep({ typed }),
    });
    this.#busy = new BusyBar(() => post({ type: 'cancel' }));
    this.#more = button(l10n.t('Show more rows'), () => this.#askMore());
    this.#export = button(l10n.t('Save as CSV'), () => post({ type: 'export' }));
    this.#table = new LogTable(l10n.t('Log rows'), row => {
      post({ type: 'copy', row });
      this.#announcer.say(l10n.t('Copied'));
    });
    // Nothing is to be asked for before the first rows are here.
    this.#more.hidden = true;
    const more = createElement('div', { class: 'more' }, this.#more);
    this.element = createElement(
      'div',
      { class: 'page wide' },
      createElement(
        'header',
        {},
        this.#title,
        this.#filter.element,
        createElement('div', { class: 'row' }, this.#export),
        createElement('p', { class: 'zone' }, zoneText()),
      ),
      this.#busy.element,
      this.#problem,
      createElement('main', {}, this.#summary, this.#table.element, this.#end, more),
      this.#announcer.element,
    );
    whenVisible(more, () => this.#askMore());
    this.#sentinel = more;
    window.addEventListener('scroll', () => this.#keepScroll(), { passive: true });
  }

  receive(message: ToLogsPage): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        break;
      case 'rows':
        this.#take(message);
        break;
      case 'busy':
        this.#isBusy = true;
        this.#problem.textContent = '';
        this.#busy.show(0, undefined);
        break;
      case 'idle':
        this.#isBusy = false;
        this.#busy.hide();
        // A page of rows may not have filled the screen.
        if (this.#problem.textContent === '' && isVisible(this.#sentinel)) this.#askMore();
        break;
      case 'problem':
        this.#problem.textContent = message.message;
    }
  }

  #show(message: Extract<ToLogsPage, { type: 'show' }>): void {
    const { keyId, label, form } = message;
    const isFirst = this.#kept === undefined;
    const before = this.#options.kept;
    this.#title.textContent = l10n.t('Logs: {0}', label);
    this.#filter.show(form);
    this.#table.clear();
    this.#problem.textContent = '';
    this.#take(message);
    const goesOn = isFirst && before?.keyId === keyId;
    if (goesOn && before.typed) this.#filter.type(before.typed);
    if (goesOn) window.scrollTo(0, before.scrollTop ?? 0);
    this.#kept = goesOn ? { ...before, form } : { keyId, form };
    this.#keep({});
  }

  #keep(change: Partial<KeptLogs>): void {
    if (!this.#kept) return;
    this.#kept = { ...this.#kept, ...change };
    this.#options.changed(this.#kept);
  }

  /** Once the page has come to rest. */
  #keepScroll(): void {
    clearTimeout(this.#scrolling);
    this.#scrolling = setTimeout(() => this.#keep({ scrollTop: window.scrollY }), SCROLL_REST_MS);
  }

  #take(message: Extract<ToLogsPage, { type: 'show' | 'rows' }>): void {
    const { rows, unit, total, end } = message;
    this.#table.append(rows, unit, total);
    const shown = this.#table.length;
    const count = countWords(shown, message);
    const words = unit ? [count, summaryWords(message, unit), ...doubtWords(message)] : [];
    this.#summary.textContent = words.filter(part => part).join(' · ');
    this.#end.textContent = endText(end, shown);
    this.#more.hidden = end !== undefined || unit === undefined;
    setUsable(this.#export, shown > 0);
    if (unit) this.#announcer.say(count);
  }

  #askMore(): void {
    if (this.#more.hidden || this.#isBusy) return;
    this.#isBusy = true;
    this.#options.post({ type: 'more' });
  }
}

function countWords(shown: number, { total, isTotalLeast }: LogsProgress): string {
  if (total === undefined) return l10n.t('{0} rows', countText(shown));
  return isTotalLeast
    ? l10n.t('{0} of at least {1} rows', countText(shown), countText(total))
    : l10n.t('{0} of {1} rows', countText(shown), countText(total));
}

function summaryWords({ summary }: LogsProgress, unit: Unit): string {
  if (!summary) return '';
  const used = amountText(summary.used, unit, 'exact', 'used');
  return summary.isContradicted
    ? l10n.t('The gateway’s summary says {0}, which its own rows contradict', used)
    : l10n.t('Spent in all of them: {0}', used);
}

/** What is not as it looks in the rows. */
function doubtWords({ unreadable = 0, appliedHere = [], notApplied = [] }: LogsProgress): string[] {
  const names = (list: readonly LogFilterName[]) => list.map(filterName).join(', ');
  return [
    ...(unreadable > 0 ? [l10n.t('{0} rows could not be read', countText(unreadable))] : []),
    ...(appliedHere.length > 0
      ? [l10n.t('The gateway ignores a part of the filter, so it was applied here: {0}', names(appliedHere))]
      : []),
    ...(notApplied.length > 0
      ? [l10n.t('Not filtered by this, because the gateway does not tell it: {0}', names(notApplied))]
      : []),
  ];
}

function endText(end: LogsProgress['end'], shown: number): string {
  switch (end) {
    case 'whole':
      return shown === 0 ? l10n.t('The gateway has no rows for this filter.') : l10n.t('These are all rows.');
    case 'cut-short':
      return l10n.t('The gateway counts more rows than it sends.');
    case 'repeats':
      return l10n.t('The gateway repeats its pages; there may be rows it does not show.');
    case 'too-many':
      return l10n.t('There are more rows than can be read. Narrow the filter.');
    default:
      return '';
  }
}
