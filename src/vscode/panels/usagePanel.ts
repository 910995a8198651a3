import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Disposable, WebviewPanel } from 'vscode';
import { withNextChange } from '../../core/nextChange.ts';
import type { LookInto } from '../../core/panels/lookInto.ts';
import { type PackedMessage, packMessage } from '../../core/panels/packedUsage.ts';
import { usageExport } from '../../core/panels/usageExport.ts';
import {
  savedUsagePanel,
  type UsageAnswer,
  type UsagePageRequest,
  usagePageRequest,
} from '../../core/panels/usageMessages.ts';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import { presetEnds, type RangeEnds, type RangePreset } from '../../core/usage/rangePresets.ts';
import { Redraw } from '../../services/redraw.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';
import { forOneKey } from './heldKeys.ts';
import { HeldKeysTimer } from './heldKeysTimer.ts';
import { errorMessage, LatestTask } from './oneAtATime.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';
import { ShownUsage } from './shownUsage.ts';
import { UsageComparison } from './usageComparison.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';
import { presetOf } from './usagePreset.ts';

/** The usage panel: what was spent between two dates, with chart and table, and other ranges to ask for. */
export class UsagePanel implements Disposable, Revivable {
  readonly #parts: UsagePanelParts;
  readonly #shell: PanelShell<UsagePageRequest, PackedMessage>;
  /** Posts the page again when time alone changes it. */
  readonly #redraw: Redraw;
  readonly #shown: ShownUsage;
  readonly #task: LatestTask;
  readonly #comparison: UsageComparison;
  #postedProgress: { readonly done: number; readonly total: number | undefined } | undefined;
  /** Asks about held keys as soon as the request budget has room. */
  readonly #heldTimer: HeldKeysTimer;

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
    this.#heldTimer = new HeldKeysTimer(parts, () => void this.#askHeld());
    this.#task = new LatestTask({
      onStart: () => {
        this.#postedProgress = undefined;
        this.#progress(0, undefined);
      },
      onError: message => this.#shell.post({ type: 'problem', message }),
      onEnd: () => this.#shell.post({ type: 'idle' }),
    });
    this.#comparison = new UsageComparison({
      shown: this.#shown,
      task: this.#task,
      askPrevious: (...asked) => parts.ask(...asked),
      now: () => parts.now(),
      progress: this.#progress,
      redraw: () => this.#redraw.drawNow(),
      onAnswer: () => this.#heldTimer.start(this.#shown.held),
    });
  }

  /** Shows the answer to a question. `options` are those it was asked with; the period before is asked with them too. */
  show(question: UsageQuestion, answers: UsageAnswers, options: AskOptions = {}): void {
    this.#task.abort();
    this.#shown.preset = presetOf(question, this.#parts.now());
    this.#setAnswer({ question, ...answers });
    const { value, until } = withNextChange(() => this.#message());
    if (value) this.#shell.reveal(value);
    this.#redraw.validUntil(until);
    if (this.#shown.comparing) void this.#task.run(signal => this.#comparison.ask(signal, options));
  }

  /** Restores the panel after a reload, if the saved state is valid. */
  revive(panel: WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(savedUsagePanel, state);
    if (!parsed.success) {
      panel.dispose();
      return;
    }
    this.#shown.restore(parsed.output);
    this.#heldTimer.start(this.#shown.held);
    this.#shell.adopt(panel);
  }

  /** Aborts the running request. */
  dispose(): void {
    this.#task.abort();
    this.#heldTimer.stop();
    this.#redraw.dispose();
  }

  /** Whether keys are held. */
  get isWaiting(): boolean {
    return this.#shown.held.length > 0;
  }

  /** Asks about the held keys beyond the request budget, after a person has confirmed it. */
  async askNow(): Promise<void> {
    const keyIds = [...new Set(this.#shown.held.map(({ keyId }) => keyId))];
    try {
      if (keyIds.length === 0 || !(await this.#parts.mayAskNow(keyIds))) return;
    } catch (error) {
      this.#shell.post({ type: 'problem', message: errorMessage(error) });
      return;
    }
    const question = this.#shown.answer?.question;
    await this.#askHeldKeys({ beyondBudget: true, ...(question && forOneKey(question)) });
  }

  #onMessage(message: UsagePageRequest): void {
    switch (message.type) {
      case 'ready':
        this.#onReady();
        break;
      case 'askPreset':
        this.#askByPerson(presetEnds(message.preset, this.#parts.now()), message.preset);
        break;
      case 'askRange':
        this.#askByPerson(message, undefined);
        break;
      case 'chooseKeys':
        this.#chooseKeys(message.keyIds);
        break;
      case 'hours':
        void this.#sendHours();
        break;
      case 'cancel':
        this.#task.abort();
        break;
      case 'askNow':
        void this.askNow();
        break;
      case 'stopWaiting':
        this.#heldTimer.stop();
        this.#parts.stopWaiting(this.#shown.held.map(({ keyId }) => keyId));
        this.#redraw.drawNow();
        break;
      case 'compare':
        this.#comparison.toggle(message.on);
        break;
      case 'export':
        void this.#export(message.format, message.only);
    }
  }

  #onReady(): void {
    if (this.#shown.mustAskAgain) this.#askRange(this.#shown.answer?.question, this.#shown.preset);
    else this.#redraw.drawNow();
    if (this.#task.isBusy) this.#shell.post({ type: 'busy', done: 0 });
  }

  #askByPerson(ends: RangeEnds, preset: RangePreset | undefined): void {
    const question = this.#shown.answer?.question;
    this.#askRange(ends, preset, question && forOneKey(question));
  }

  #askRange(ends: RangeEnds | undefined, preset: RangePreset | undefined, options: AskOptions = {}): void {
    const answer = this.#shown.answer;
    if (!answer || !ends) return;
    const question = { keyIds: answer.question.keyIds, from: ends.from, to: ends.to };
    void this.#task.run(async signal => {
      const answers = await this.#parts.ask(question, this.#progress, signal, options);
      signal.throwIfAborted();
      this.#shown.preset = preset ?? presetOf(question, this.#parts.now());
      this.#setAnswer({ question, ...answers });
      this.#redraw.drawNow();
      await this.#comparison.ask(signal, options);
    });
  }

  /** Shows other keys in the same range. Only those are asked about whose figures are not known yet. */
  #chooseKeys(wanted: readonly string[]): void {
    const answer = this.#shown.answer;
    const all = this.#parts.keysToChoose().map(({ id }) => id);
    const keyIds = all.filter(id => wanted.includes(id));
    if (!answer || keyIds.length === 0) return;
    const options = forOneKey({ ...answer.question, keyIds });
    void this.#task.run(async signal => {
      const unknown = this.#shown.unknownOf(keyIds, this.#parts.now());
      const question = { ...answer.question, keyIds: unknown };
      const added =
        unknown.length === 0
          ? undefined
          : await this.#parts.ask(question, this.#progress, signal, { ...options, isPart: true });
      signal.throwIfAborted();
      this.#shown.choose(keyIds, keyIds.length === all.length, added, this.#parts.now());
      this.#heldTimer.start(this.#shown.held);
      this.#redraw.drawNow();
      await this.#comparison.askForMore(signal, keyIds, options);
    });
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

  /** Each of many keys begins with nothing read, which the page need be told and draw once only. */
  readonly #progress = (done: number, total: number | undefined) => {
    const before = this.#postedProgress;
    if (before?.done === done && before.total === total) return;
    this.#postedProgress = { done, total };
    this.#shell.post({ type: 'busy', done, total });
  };

  #setAnswer(answer: UsageAnswer): void {
    this.#shown.setAnswer(answer);
    this.#heldTimer.start(this.#shown.held);
  }

  async #askHeld(): Promise<void> {
    // A person's request has priority; the timer starts again.
    if (this.#task.isBusy) {
      this.#heldTimer.start(this.#shown.held);
      return;
    }
    await this.#askHeldKeys();
  }

  /** Asks about the held keys of the range and of the previous period, and adds their reports to the shown ones. */
  async #askHeldKeys(options: AskOptions = {}): Promise<void> {
    if (this.#shown.held.length === 0) return;
    await this.#task.run(async signal => {
      const shown = this.#shown;
      const held = [
        { question: shown.heldQuestion, add: (answers: UsageAnswers) => shown.addAnswers(answers) },
        {
          question: shown.heldPreviousQuestion,
          add: (answers: UsageAnswers) => shown.addPreviousAnswers(answers),
        },
      ];
      for (const { question, add } of held) {
        if (!question) continue;
        const answers = await this.#parts.ask(question, this.#progress, signal, options);
        signal.throwIfAborted();
        add(answers);
        this.#heldTimer.start(shown.held);
        this.#redraw.drawNow();
      }
    });
  }

  #post(): void {
    const message = this.#message();
    if (message) this.#shell.post(message);
  }

  #message(): PackedMessage | undefined {
    const message = this.#shown.message(this.#parts.now(), this.#heldTimer.until);
    return message && packMessage(message);
  }
}
