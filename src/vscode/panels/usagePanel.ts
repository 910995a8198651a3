import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Disposable, WebviewPanel } from 'vscode';
import { withNextChange } from '../../core/nextChange.ts';
import type { LookInto } from '../../core/panels/lookInto.ts';
import { type PackedMessage, packMessage } from '../../core/panels/packedUsage.ts';
import { usageExport } from '../../core/panels/usageExport.ts';
import { savedUsagePanel, type UsagePageRequest, usagePageRequest } from '../../core/panels/usageMessages.ts';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import { Redraw } from '../../services/redraw.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';
import { errorMessage } from './errorMessage.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';
import { ShownUsage } from './shownUsage.ts';
import { UsageAsker } from './usageAsker.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';

/** The usage panel: what was spent between two dates, with chart and table, and other ranges to ask for. */
export class UsagePanel implements Disposable, Revivable {
  readonly #parts: UsagePanelParts;
  readonly #shell: PanelShell<UsagePageRequest, PackedMessage>;
  /** Posts the page again when time alone changes it. */
  readonly #redraw: Redraw;
  readonly #shown: ShownUsage;
  readonly #asker: UsageAsker;

  constructor(parts: UsagePanelParts) {
    this.#parts = parts;
    this.#shown = new ShownUsage(parts);
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'usage',
      title: () => l10n.t('Key Quota: Usage'),
      schema: usagePageRequest,
      onMessage: message => this.#onMessage(message),
      onClose: () => this.dispose(),
    });
    this.#redraw = new Redraw(parts, () => this.#post());
    this.#asker = new UsageAsker({
      panel: parts,
      shown: this.#shown,
      post: message => this.#shell.post(message),
      redraw: () => this.#redraw.drawNow(),
    });
  }

  /** Shows the answer to a question. `options` are those it was asked with; the period before is asked with them too. */
  show(question: UsageQuestion, answers: UsageAnswers, options: AskOptions = {}): void {
    this.#asker.takeAnswer(question, answers);
    const { value, until } = withNextChange(() => this.#message());
    if (value) this.#shell.reveal(value);
    this.#redraw.validUntil(until);
    this.#asker.askPrevious(options);
  }

  /** Restores the panel after a reload, if the saved state is valid. */
  revive(panel: WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(savedUsagePanel, state);
    if (!parsed.success) {
      panel.dispose();
      return;
    }
    this.#shown.restore(parsed.output);
    this.#asker.waitForHeld();
    this.#shell.adopt(panel);
  }

  /** Aborts the running request. */
  dispose(): void {
    this.#asker.dispose();
    this.#redraw.dispose();
  }

  /** Whether keys are held. */
  get isWaiting(): boolean {
    return this.#shown.held.length > 0;
  }

  /** Asks about the held keys beyond the request budget, after a person has confirmed it. */
  askNow(): Promise<void> {
    return this.#asker.askNow();
  }

  #onMessage(message: UsagePageRequest): void {
    switch (message.type) {
      case 'ready':
        this.#onReady();
        break;
      case 'askPreset':
        this.#asker.askPreset(message.preset);
        break;
      case 'askRange':
        this.#asker.askRange(message);
        break;
      case 'chooseKeys':
        this.#asker.chooseKeys(message.keyIds);
        break;
      case 'hours':
        void this.#sendHours();
        break;
      case 'cancel':
        this.#asker.cancel();
        break;
      case 'askNow':
        void this.askNow();
        break;
      case 'stopWaiting':
        this.#asker.stopWaiting();
        break;
      case 'compare':
        this.#asker.compare(message.on);
        break;
      case 'export':
        void this.#export(message.format, message.only);
    }
  }

  #onReady(): void {
    if (this.#shown.mustAskAgain) this.#asker.askAgain();
    else this.#redraw.drawNow();
    if (this.#asker.isBusy) this.#shell.post({ type: 'busy', done: 0 });
  }

  async #sendHours(): Promise<void> {
    const question = this.#shown.answer?.question;
    if (!question) return;
    try {
      const reports = await this.#parts.hours(question);
      this.#shell.post(packMessage({ type: 'hours', question, reports }));
    } catch (error) {
      this.#shell.post({ type: 'problem', message: errorMessage(error) });
    }
  }

  /** Exports what is seen: of the keys that were chosen, and of one key or model where that is looked into. */
  async #export(format: ExportFormat, only: LookInto | undefined): Promise<void> {
    const { answer } = this.#shown;
    if (!answer) return;
    try {
      await this.#parts.exportUsage(usageExport(answer, this.#parts.keysToChoose().length, only), format);
    } catch (error) {
      this.#shell.post({ type: 'problem', message: errorMessage(error) });
    }
  }

  #post(): void {
    const message = this.#message();
    if (message) this.#shell.post(message);
  }

  #message(): PackedMessage | undefined {
    const message = this.#shown.message(this.#parts.now(), this.#asker.heldUntil);
    return message && packMessage(message);
  }
}
