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
import type { LogFilter, LogPage } from '../../core/usage/logRow.ts';
import { logCsv } from '../../text/exports/logCsv.ts';
import { copyText } from '../host/clipboard.ts';
import { logFilterOf } from './logFilter.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';

/** Whose log a panel shows. */
export interface LogKey {
  readonly id: string;
  readonly label: string;
}

/** What the logs panel depends on. */
export interface LogsPanelParts {
  readonly extensionUri: vscode.Uri;
  /** The key with this id; undefined when it is gone. */
  findKey(keyId: string): LogKey | undefined;
  /** One page of the key's log. Throws a sentence. */
  fetchPage(keyId: string, filter: LogFilter, signal: AbortSignal): Promise<LogPage>;
  /** Asks where to save the file, and writes it. */
  saveCsv(fileName: string, text: string): Promise<void>;
  now(): number;
}

/** The logs panel: an account's request log behind a filter, page by page as its reader scrolls. */
export class LogsPanel implements vscode.Disposable, Revivable {
  readonly #parts: LogsPanelParts;
  readonly #shell: PanelShell<LogsPageRequest, LogsPageMessage>;
  #key: LogKey | undefined;
  #form: LogForm = EMPTY_LOG_FORM;
  #pager: LogPager | undefined;
  #request: AbortController | undefined;

  constructor(parts: LogsPanelParts) {
    this.#parts = parts;
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'logs',
      title: () => l10n.t('Logs: {0}', this.#key?.label ?? ''),
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
      case 'more':
        if (!this.#request) void this.#askPage();
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
    if (this.#key) this.#shell.post(this.#fullMessage(this.#key));
    void this.#askPage();
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
      this.#shell.post({ type: 'rows', rows: pager.addPage(page), ...progressOf(pager) });
    }, asking.signal);
    if (this.#request !== asking) return;
    this.#request = undefined;
    this.#shell.post({ type: 'idle' });
  }

  async #export(): Promise<void> {
    const unit = this.#pager?.unit;
    if (!this.#pager || !unit) return;
    await this.#parts.saveCsv('log.csv', logCsv(this.#pager.rows, unit));
  }

  /** Shows errors of `work` on the page, unless it was aborted. */
  async #showErrors(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!signal?.aborted) this.#shell.post({ type: 'problem', message });
    }
  }

  #fullMessage({ id, label }: LogKey): LogsPageMessage {
    const rows = this.#pager?.rows ?? [];
    return { type: 'show', keyId: id, label, form: this.#form, rows, ...progressOf(this.#pager) };
  }
}

function progressOf(pager: LogPager | undefined): LogsProgress {
  if (!pager) return {};
  const { unit, total, isTotalLeast, unreadable, appliedHere, notApplied, summary, end } = pager;
  return { unit, total, isTotalLeast, unreadable, appliedHere, notApplied, summary, end };
}
