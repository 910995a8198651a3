import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { EMPTY_LOG_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import {
  type LogsPageMessage,
  type LogsPageRequest,
  type LogsProgress,
  logsPageRequest,
  savedLogsPanel,
} from '../../core/panels/logsMessages.ts';
import { LogPager } from '../../core/usage/logPager.ts';
import { logCsv } from '../../text/exports/logCsv.ts';
import { copyText } from '../host/clipboard.ts';
import { errorMessage } from './errorMessage.ts';
import { csvName, goesOnText } from './logExport.ts';
import { logFilterOf } from './logFilter.ts';
import type { LogKey, LogsPanelParts } from './logsPanelTypes.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';

/** Rows that are sent to the page at once. */
const CHUNK = 100;

/** The logs panel: an account's request log behind a filter, page by page as its reader scrolls. */
export class LogsPanel implements vscode.Disposable, Revivable {
  readonly #parts: LogsPanelParts;
  readonly #shell: PanelShell<LogsPageRequest, LogsPageMessage>;
  #key: LogKey | undefined;
  #form: LogForm = EMPTY_LOG_FORM;
  #pager: LogPager | undefined;
  /** How many rows the page has; more may be known from an export. */
  #sent = 0;
  #request: AbortController | undefined;

  constructor(parts: LogsPanelParts) {
    this.#parts = parts;
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'logs',
      title: () => l10n.t('Request log: {0}', this.#key?.label ?? ''),
      schema: logsPageRequest,
      onMessage: message => this.#onMessage(message),
      onClose: () => this.#request?.abort(),
    });
  }

  /** Shows the newest rows of a key's log. */
  show(key: LogKey): void {
    this.#key = key;
    this.#form = EMPTY_LOG_FORM;
    this.#shell.reveal(this.#fullMessage(key));
    this.#search(EMPTY_LOG_FORM);
  }

  revive(panel: vscode.WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(savedLogsPanel, state);
    const key = parsed.success ? this.#parts.findKey(parsed.output.keyId) : undefined;
    if (!parsed.success || !key) {
      panel.dispose();
      return;
    }
    this.#key = key;
    this.#form = parsed.output.form;
    this.#shell.adopt(panel);
  }

  /** Aborts the running request. */
  dispose(): void {
    this.#request?.abort();
  }

  #onMessage(message: LogsPageRequest): void {
    switch (message.type) {
      case 'ready':
        this.#onReady();
        break;
      case 'search':
        this.#search(message.form);
        break;
      case 'chooseKey':
        this.#chooseKey(message.keyId);
        break;
      case 'more':
        if (!this.#request) this.#more();
        break;
      case 'cancel':
        this.#request?.abort();
        break;
      case 'copy':
        void copyText(this.#pager?.rows[message.row]?.requestId ?? '');
        break;
      case 'export':
        void this.#showErrors(() => this.#export());
    }
  }

  #onReady(): void {
    if (this.#key) this.#shell.post(this.#fullMessage(this.#key));
    if (!this.#pager) this.#search(this.#form);
    else if (this.#request) this.#shell.post({ type: 'busy' });
  }

  #search(form: LogForm): void {
    const { filter, problem } = logFilterOf(form, this.#parts.now());
    if (!filter) {
      this.#shell.post({ type: 'problem', message: problem });
      return;
    }
    this.#request?.abort();
    this.#form = form;
    this.#pager = new LogPager(filter);
    this.#sent = 0;
    if (this.#key) this.#shell.post(this.#fullMessage(this.#key));
    void this.#askPage();
  }

  /** Shows the log of another key with the same range and type; the rest of the filter is about the previous key. */
  #chooseKey(keyId: string): void {
    const key = this.#parts.logKeys().find(({ id }) => id === keyId) && this.#parts.findKey(keyId);
    if (!key) return;
    const { type, from, to } = this.#form;
    const form = { ...EMPTY_LOG_FORM, type, from, to };
    this.#key = key;
    this.#form = form;
    this.#pager = undefined;
    this.#sent = 0;
    this.#shell.reveal(this.#fullMessage(key));
    this.#search(form);
  }

  /** Rows that an export has read already need not be asked for. */
  #more(): void {
    const pager = this.#pager;
    if (!pager || this.#sent >= pager.rows.length) {
      void this.#askPage();
      return;
    }
    this.#postRows(pager);
    this.#shell.post({ type: 'idle' });
  }

  #postRows(pager: LogPager): void {
    const rows = pager.rows.slice(this.#sent, this.#sent + CHUNK);
    this.#sent += rows.length;
    this.#shell.post({ type: 'rows', rows, ...this.#progress });
  }

  async #askPage(): Promise<void> {
    const [key, pager] = [this.#key, this.#pager];
    if (!key || !pager || pager.end) return;
    const asking = new AbortController();
    this.#request = asking;
    this.#shell.post({ type: 'busy' });
    await this.#showErrors(async () => {
      const page = await this.#parts.fetchPage(key.id, pager.nextFilter, asking.signal);
      asking.signal.throwIfAborted();
      pager.addPage(page);
      this.#postRows(pager);
    }, asking.signal);
    if (this.#request !== asking) return;
    this.#request = undefined;
    this.#shell.post({ type: 'idle' });
  }

  /** Saves all rows that match, also those that nobody has scrolled to. */
  async #export(): Promise<void> {
    const pager = this.#pager;
    if (!pager || this.#request || !(await this.#readAll(pager)) || !pager.unit) return;
    await this.#parts.saveCsv(csvName(pager), logCsv(pager.rows, pager.unit));
  }

  /** Reads the pages that are left. Returns false where it was cancelled or failed; what was read stays. */
  async #readAll(pager: LogPager): Promise<boolean> {
    const key = this.#key;
    if (!key) return false;
    const asking = new AbortController();
    this.#request = asking;
    try {
      while (!pager.end) {
        this.#shell.post({ type: 'busy', done: pager.rows.length, total: pager.total });
        const page = await this.#parts.fetchPage(key.id, pager.nextFilter, asking.signal);
        asking.signal.throwIfAborted();
        pager.addPage(page);
      }
      return true;
    } catch (error) {
      if (!asking.signal.aborted) this.#shell.post({ type: 'problem', message: goesOnText(error, pager) });
      return false;
    } finally {
      if (this.#request === asking) {
        this.#request = undefined;
        this.#shell.post({ type: 'idle' });
      }
    }
  }

  /** Shows errors of `work` on the page, unless it was aborted. */
  async #showErrors(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal?.aborted) this.#shell.post({ type: 'problem', message: errorMessage(error) });
    }
  }

  #fullMessage({ id, label }: LogKey): LogsPageMessage {
    const rows = this.#pager?.rows.slice(0, this.#sent) ?? [];
    const { names: keyNames, isWhole: isKeyListWhole } = this.#parts.keyNames(id);
    const keys = this.#parts.logKeys();
    const lists = { keys, keyNames, isKeyListWhole };
    return { type: 'show', keyId: id, label, form: this.#form, rows, ...lists, ...this.#progress };
  }

  /** The state of the search for the page: it has not ended while the page lacks rows. */
  get #progress(): LogsProgress {
    const pager = this.#pager;
    if (!pager) return {};
    const { unit, total, isTotalLeast, unreadable, appliedHere, notApplied, summary } = pager;
    const end = this.#sent < pager.rows.length ? undefined : pager.end;
    return { unit, total, isTotalLeast, unreadable, appliedHere, notApplied, summary, end };
  }
}
