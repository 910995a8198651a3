import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Disposable, WebviewPanel } from 'vscode';
import { withNextChange } from '../../core/nextChange.ts';
import {
  type FromUsagePage,
  fromUsagePage,
  keptUsage,
  type ToUsagePage,
  type UsageAnswer,
} from '../../core/panels/usageMessages.ts';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import { presetEnds, type RangeEnds, type RangePreset } from '../../core/usage/rangePresets.ts';
import { Redraw } from '../../services/redraw.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';
import { HeldKeysTimer } from './heldKeysTimer.ts';
import { errorMessage, OneAtATime } from './oneAtATime.ts';
import type { Revivable } from './panelRevival.ts';
import { PanelShell } from './panelShell.ts';
import { ShownUsage } from './shownUsage.ts';
import { UsageComparison } from './usageComparison.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';
import { presetOf } from './usagePreset.ts';

/** The usage panel: what was spent between two dates, with chart and table, and other ranges to ask for. */
export class UsagePanel implements Disposable, Revivable {
  readonly #parts: UsagePanelParts;
  readonly #shell: PanelShell<FromUsagePage, ToUsagePage>;
  /** Whatever the page says of now is told anew when the clock makes it another. */
  readonly #redraw: Redraw;
  readonly #shown = new ShownUsage();
  readonly #asking: OneAtATime;
  readonly #comparison: UsageComparison;
  /** What had no turn is filled in by itself, as soon as there is one. */
  readonly #heldTimer: HeldKeysTimer;

  constructor(parts: UsagePanelParts) {
    this.#parts = parts;
    this.#shell = new PanelShell({
      extensionUri: parts.extensionUri,
      page: 'usage',
      title: () => l10n.t('Key Quota: Usage'),
      schema: fromUsagePage,
      heard: message => this.#hear(message),
      closed: () => this.dispose(),
    });
    this.#redraw = new Redraw(parts, () => this.#tell());
    this.#heldTimer = new HeldKeysTimer(parts, () => void this.#askHeld());
    this.#asking = new OneAtATime({
      begun: () => this.#shell.post({ type: 'busy', done: 0 }),
      failed: message => this.#shell.post({ type: 'problem', message }),
      ended: () => this.#shell.post({ type: 'idle' }),
    });
    this.#comparison = new UsageComparison({
      shown: this.#shown,
      asking: this.#asking,
      ask: (...asked) => parts.ask(...asked),
      now: () => parts.now(),
      progress: this.#progress,
      redraw: () => this.#redraw.drawNow(),
    });
  }

  /** Shows the answer to a question. */
  show(question: UsageQuestion, answers: UsageAnswers): void {
    this.#asking.abort();
    this.#shown.preset = presetOf(question, this.#parts.now());
    this.#take({ question, ...answers });
    const { value, until } = withNextChange(() => this.#message());
    if (value) this.#shell.reveal(value);
    this.#redraw.validUntil(until);
    if (this.#shown.comparing) void this.#asking.run(signal => this.#comparison.ask(signal));
  }

  /** What comes back from a reload was kept by VS Code, and is believed only as far as it has the right form. */
  revive(panel: WebviewPanel, state: unknown): void {
    const parsed = v.safeParse(keptUsage, state);
    if (!parsed.success) {
      panel.dispose();
      return;
    }
    this.#shown.restore(parsed.output);
    this.#heldTimer.start(this.#shown.answer);
    this.#shell.adopt(panel);
  }

  /** Calls off what is being asked. */
  dispose(): void {
    this.#asking.abort();
    this.#heldTimer.stop();
    this.#redraw.dispose();
  }

  /** Whether keys had no turn. */
  get isWaiting(): boolean {
    return this.#shown.heldQuestion !== undefined;
  }

  /** Asks about the keys that had no turn, if a person agrees to what it spends. */
  async askNow(): Promise<void> {
    await this.#fillIn((...asked) => this.#parts.askNow(...asked));
  }

  #hear(message: FromUsagePage): void {
    switch (message.type) {
      case 'ready':
        this.#greet();
        break;
      case 'askPreset':
        this.#askAnew(presetEnds(message.preset, this.#parts.now()), message.preset);
        break;
      case 'askRange':
        this.#askAnew(message, undefined);
        break;
      case 'cancel':
        this.#asking.abort();
        break;
      case 'askNow':
        void this.askNow();
        break;
      case 'stopWaiting':
        this.#heldTimer.stop();
        this.#redraw.drawNow();
        break;
      case 'compare':
        this.#comparison.toggle(message.on);
        break;
      case 'export':
        void this.#export(message.format);
    }
  }

  #greet(): void {
    if (this.#shown.lacksReports) this.#askAnew(this.#shown.answer?.question, this.#shown.preset);
    else this.#redraw.drawNow();
    if (this.#asking.isBusy) this.#shell.post({ type: 'busy', done: 0 });
  }

  #askAnew(ends: RangeEnds | undefined, preset: RangePreset | undefined): void {
    const answer = this.#shown.answer;
    if (!answer || !ends) return;
    const question = { keyIds: answer.question.keyIds, from: ends.from, to: ends.to };
    void this.#asking.run(async signal => {
      const answers = await this.#parts.ask(question, this.#progress, signal);
      signal.throwIfAborted();
      this.#shown.preset = preset ?? presetOf(question, this.#parts.now());
      this.#take({ question, ...answers });
      this.#redraw.drawNow();
      await this.#comparison.ask(signal);
    });
  }

  async #export(format: ExportFormat): Promise<void> {
    try {
      const { reports = [], missing = [] } = this.#shown.answer ?? {};
      await this.#parts.exportReports([...reports, ...missing], format);
    } catch (error) {
      this.#shell.post({ type: 'problem', message: errorMessage(error) });
    }
  }

  readonly #progress = (done: number, total: number | undefined) =>
    this.#shell.post({ type: 'busy', done, total });

  #take(answer: UsageAnswer): void {
    this.#shown.take(answer);
    this.#heldTimer.start(answer);
  }

  async #askHeld(): Promise<void> {
    // A person's question goes first, and ends in another wait if there is still something to wait for.
    if (this.#asking.isBusy) {
      this.#heldTimer.start(this.#shown.answer);
      return;
    }
    await this.#fillIn((...asked) => this.#parts.ask(...asked));
  }

  /** Asks about the keys that had no turn, and shows what comes beside what is there. */
  async #fillIn(ask: UsagePanelParts['ask' | 'askNow']): Promise<void> {
    const question = this.#shown.heldQuestion;
    if (!question) return;
    await this.#asking.run(async signal => {
      const answers = await ask(question, this.#progress, signal);
      signal.throwIfAborted();
      if (!answers) return;
      this.#shown.fillIn(answers);
      this.#heldTimer.start(this.#shown.answer);
      this.#redraw.drawNow();
    });
  }

  #tell(): void {
    const message = this.#message();
    if (message) this.#shell.post(message);
  }

  #message(): ToUsagePage | undefined {
    return this.#shown.message(this.#parts.now(), this.#heldTimer.until);
  }
}
