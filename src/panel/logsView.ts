import { amountText, countText } from '../words/amount.ts';
import { t } from '../words/l10n.ts';
import { Announcer } from './announcer.ts';
import { BusyBar } from './busyBar.ts';
import { button, setUsable } from './button.ts';
import { LogsFilterBar } from './logsFilterBar.ts';
import type { FromLogsPage, KeptLogs, LogsProgress, ToLogsPage } from './logsMessages.ts';
import { LogTable } from './logTable.ts';
import { make } from './make.ts';
import { isInSight, onSight } from './onSight.ts';

export interface LogsViewOptions {
  readonly post: (message: FromLogsPage) => void;
  /** Hears what would have to be kept to show the same again. */
  readonly changed: (kept: KeptLogs) => void;
}

/** The whole logs page. */
export class LogsView {
  readonly element: HTMLElement;
  readonly #options: LogsViewOptions;
  readonly #title = make('h1', {}, t('Logs'));
  readonly #filter: LogsFilterBar;
  readonly #busy: BusyBar;
  readonly #problem = make('div', { class: 'problem', role: 'alert' });
  readonly #summary = make('p', { class: 'coverage' });
  readonly #table: LogTable;
  readonly #end = make('p', { class: 'coverage' });
  readonly #more: ReturnType<typeof button>;
  readonly #export: ReturnType<typeof button>;
  readonly #announcer = new Announcer();
  /** Stands behind the last row. */
  readonly #sentinel: HTMLElement;
  #isBusy = false;

  constructor(options: LogsViewOptions) {
    this.#options = options;
    const { post } = options;
    this.#filter = new LogsFilterBar(form => post({ type: 'search', form }));
    this.#busy = new BusyBar(() => post({ type: 'cancel' }));
    this.#more = button(t('Show more rows'), () => this.#askMore());
    this.#export = button(t('Save as CSV'), () => post({ type: 'export' }));
    this.#table = new LogTable(t('Log rows'), row => {
      post({ type: 'copy', row });
      this.#announcer.say(t('Copied'));
    });
    // Nothing is to be asked for before the first rows are here.
    this.#more.hidden = true;
    const more = make('div', { class: 'more' }, this.#more);
    this.element = make(
      'div',
      { class: 'page wide' },
      make('header', {}, this.#title, this.#filter.element, make('div', { class: 'row' }, this.#export)),
      this.#busy.element,
      this.#problem,
      make('main', {}, this.#summary, this.#table.element, this.#end, more),
      this.#announcer.element,
    );
    onSight(more, () => this.#askMore());
    this.#sentinel = more;
  }

  hear(message: ToLogsPage): void {
    switch (message.type) {
      case 'show':
        this.#title.textContent = t('Logs: {0}', message.label);
        this.#filter.show(message.form);
        this.#table.clear();
        this.#problem.textContent = '';
        this.#take(message);
        this.#options.changed({ keyId: message.keyId, form: message.form });
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
        if (this.#problem.textContent === '' && isInSight(this.#sentinel)) this.#askMore();
        break;
      case 'problem':
        this.#problem.textContent = message.message;
    }
  }

  #take({ rows, unit, total, summary, end }: Extract<ToLogsPage, { type: 'show' | 'rows' }>): void {
    this.#table.append(rows, unit, total);
    const shown = this.#table.length;
    const count =
      total === undefined
        ? t('{0} rows', countText(shown))
        : t('{0} of {1} rows', countText(shown), countText(total));
    const used =
      summary && unit ? t('Spent in all of them: {0}', amountText(summary.used, unit, 'exact')) : '';
    this.#summary.textContent = unit ? [count, used].filter(part => part).join(' · ') : '';
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

function endText(end: LogsProgress['end'], shown: number): string {
  switch (end) {
    case 'whole':
      return shown === 0 ? t('The gateway has no rows for this filter.') : t('These are all rows.');
    case 'cut-short':
      return t('The gateway counts more rows than it sends.');
    case 'repeats':
      return t('The gateway repeats its pages; there may be rows it does not show.');
    case 'too-many':
      return t('There are more rows than can be read. Narrow the filter.');
    default:
      return '';
  }
}
