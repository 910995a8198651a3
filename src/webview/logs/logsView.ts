import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { EMPTY_LOG_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import type {
  LogsPageMessage,
  LogsPageRequest,
  LogsProgress,
  SavedLogsPanel,
} from '../../core/panels/logsMessages.ts';
import type { KeyToChoose } from '../../core/panels/usageMessages.ts';
import { zoneText } from '../../text/zoneName.ts';
import { busyBar, type Progress } from '../widgets/busyBar.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import { type Announcement, alert, announcement, NO_ANNOUNCEMENT } from '../widgets/liveRegions.ts';
import { isVisible, whenVisible } from '../widgets/whenVisible.ts';
import { logsFilterBar } from './logsFilterBar.ts';
import { endText, rowCountText, summaryText } from './logsProgressText.ts';
import { type LogChunk, logTable } from './logTable.ts';

export interface LogsViewOptions {
  readonly post: (message: LogsPageRequest) => void;
  /** Called with the state that has to be saved to restore the page. */
  readonly save: (saved: SavedLogsPanel) => void;
  /** The state that was saved before VS Code reloaded the page, as it does when its tab is shown again. */
  readonly restored?: SavedLogsPanel;
}

/** The keys and names to choose from. */
interface LogLists {
  readonly keys: readonly KeyToChoose[];
  readonly keyNames: readonly string[];
  readonly isKeyListWhole: boolean;
}

const NO_LISTS: LogLists = { keys: [], keyNames: [], isKeyListWhole: false };

function listsOf({ keys, keyNames, isKeyListWhole }: Partial<LogLists>): LogLists {
  return {
    keys: keys ?? NO_LISTS.keys,
    keyNames: keyNames ?? NO_LISTS.keyNames,
    isKeyListWhole: isKeyListWhole ?? NO_LISTS.isKeyListWhole,
  };
}

const SCROLL_DEBOUNCE_MS = 250;

/** The whole logs page. */
export class LogsView {
  readonly #place: HTMLElement;
  readonly #options: LogsViewOptions;
  #label: string | undefined;
  #form: LogForm = EMPTY_LOG_FORM;
  #asked: LogForm | undefined;
  #chunks: readonly LogChunk[] = [];
  #progress: LogsProgress = {};
  #asking: Progress | undefined;
  #lists: LogLists = NO_LISTS;
  /** Whether the next rows were requested: set when the request is sent, and by the host. */
  #isBusy = false;
  #problem: Announcement = NO_ANNOUNCEMENT;
  #announcement: Announcement = NO_ANNOUNCEMENT;
  #saved: SavedLogsPanel | undefined;
  #scrollTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, options: LogsViewOptions) {
    this.#place = place;
    this.#options = options;
    window.addEventListener('scroll', () => this.#saveScrollDebounced(), { passive: true });
    this.#render();
  }

  receive(message: LogsPageMessage): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        break;
      case 'rows':
        this.#appendRows(message);
        break;
      case 'busy':
        this.#isBusy = true;
        this.#asking = { done: message.done ?? 0, total: message.total };
        this.#problem = NO_ANNOUNCEMENT;
        break;
      case 'idle':
        this.#isBusy = false;
        this.#asking = undefined;
        break;
      case 'problem':
        this.#problem = { text: message.message };
    }
    this.#render();
    if (message.type === 'idle') this.#fillScreen();
  }

  #show(message: Extract<LogsPageMessage, { type: 'show' }>): void {
    const { keyId, label, form } = message;
    const isFirst = this.#saved === undefined;
    const before = this.#options.restored;
    this.#label = label;
    this.#lists = listsOf(message);
    // The answer to a search must not overwrite what was typed since.
    if (!this.#asked || !isSame(form, this.#asked)) this.#form = form;
    this.#asked = form;
    this.#chunks = [];
    this.#problem = NO_ANNOUNCEMENT;
    this.#appendRows(message);
    const goesOn = isFirst && before?.keyId === keyId;
    if (goesOn && before.typed) this.#form = before.typed;
    this.#saved = goesOn ? { ...before, form } : { keyId, form };
    this.#save({});
    if (!goesOn) return;
    this.#render();
    window.scrollTo(0, before.scrollTop ?? 0);
  }

  #appendRows(message: Extract<LogsPageMessage, { type: 'show' | 'rows' }>): void {
    const { rows, unit } = message;
    this.#chunks = [...this.#chunks, { first: this.#length, rows, unit }];
    this.#progress = message;
    if (unit) this.#announcement = { text: rowCountText(this.#length, message) };
  }

  get #length(): number {
    const last = this.#chunks.at(-1);
    return last ? last.first + last.rows.length : 0;
  }

  #render(): void {
    const { post } = this.#options;
    const page = html`<div class="page wide">
      <header>
        <h1>${this.#label === undefined ? l10n.t('Request log') : l10n.t('Request log: {0}', this.#label)}</h1>
        ${this.#keyChoice()}
        ${logsFilterBar({
          form: this.#form,
          keyNames: this.#lists.keyNames,
          isKeyListWhole: this.#lists.isKeyListWhole,
          onSearch: form => this.#search(form),
          onInput: form => this.#type(form),
        })}
        <div class="row">${button(l10n.t('Save All as CSV'), () => post({ type: 'export' }), { isUsable: this.#isExportable })}</div>
        <p class="zone">${zoneText()}</p>
      </header>
      ${alert(this.#problem)}
      <main>
        ${busyBar(this.#asking, () => post({ type: 'cancel' }))}
        <p class="coverage">${summaryText(this.#length, this.#progress)}</p>
        ${logTable({
          caption: l10n.t('Rows of the request log'),
          chunks: this.#chunks,
          total: this.#progress.total,
          copy: row => this.#copy(row),
        })}
        <p class="coverage">${endText(this.#progress, this.#length, this.#asked !== undefined && !isSame(this.#asked, EMPTY_LOG_FORM))}</p>
        <div class="more" ${whenVisible(() => this.#askMore())}>
          ${this.#mayHaveMore ? button(l10n.t('Show more rows'), () => this.#askMore()) : nothing}
        </div>
      </main>
      ${announcement(this.#announcement)}
    </div>`;
    render(page, this.#place);
  }

  get #isExportable(): boolean {
    return this.#label === undefined || (this.#length > 0 && this.#asking === undefined);
  }

  /** No more rows are requested before the first ones have arrived. */
  get #mayHaveMore(): boolean {
    return this.#progress.unit !== undefined && this.#progress.end === undefined;
  }

  /** Whose log is shown, where there are several. */
  #keyChoice() {
    const { keys } = this.#lists;
    if (keys.length < 2) return nothing;
    const options = keys.map(({ id, label }) => [id, label] as const);
    return html`<div class="row">
      ${choice(l10n.t('Log of'), options, this.#saved?.keyId ?? '', keyId => this.#options.post({ type: 'chooseKey', keyId }))}
    </div>`;
  }

  #copy(row: number): void {
    this.#options.post({ type: 'copy', row });
    this.#announcement = { text: l10n.t('Copied') };
    this.#render();
  }

  #search(form: LogForm): void {
    this.#asked = form;
    this.#type(form);
    this.#options.post({ type: 'search', form });
  }

  #type(form: LogForm): void {
    this.#form = form;
    // The problem was about the previous form.
    this.#problem = NO_ANNOUNCEMENT;
    this.#save({ typed: form });
    this.#render();
  }

  #askMore(): void {
    if (!this.#mayHaveMore || this.#isBusy) return;
    this.#isBusy = true;
    this.#options.post({ type: 'more' });
  }

  /** Requests more rows where those on the page do not fill the screen. */
  #fillScreen(): void {
    const end = this.#place.querySelector('.more');
    if (this.#problem.text === '' && end && isVisible(end)) this.#askMore();
  }

  /** Debounced: saves the position once scrolling has stopped. */
  #saveScrollDebounced(): void {
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = setTimeout(() => this.#save({ scrollTop: window.scrollY }), SCROLL_DEBOUNCE_MS);
  }

  #save(change: Partial<SavedLogsPanel>): void {
    if (!this.#saved) return;
    this.#saved = { ...this.#saved, ...change };
    this.#options.save(this.#saved);
  }
}

function isSame(a: LogForm, b: LogForm): boolean {
  return (Object.keys(EMPTY_LOG_FORM) as (keyof LogForm)[]).every(name => a[name] === b[name]);
}
