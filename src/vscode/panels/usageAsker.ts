import type { UsageAnswer, UsagePageMessage } from '../../core/panels/usageMessages.ts';
import { presetEnds, type RangeEnds, type RangePreset } from '../../core/usage/rangePresets.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';
import { errorMessage } from './errorMessage.ts';
import { forOneKey } from './heldKeys.ts';
import { HeldKeysTimer } from './heldKeysTimer.ts';
import { LatestTask } from './oneAtATime.ts';
import type { ShownUsage } from './shownUsage.ts';
import { UsageComparison } from './usageComparison.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';
import { presetOf } from './usagePreset.ts';

/** What the page is told while questions are asked. */
type ProgressMessage = Extract<UsagePageMessage, { type: 'busy' | 'idle' | 'problem' }>;

interface UsageAskerParts {
  readonly panel: UsagePanelParts;
  /** Receives the answers. */
  readonly shown: ShownUsage;
  readonly post: (message: ProgressMessage) => void;
  readonly redraw: () => void;
}

/**
 * Asks the questions of the usage panel, one at a time: ranges, more keys, the period before, and keys that are held
 * until the request budget has room.
 */
export class UsageAsker {
  readonly #parts: UsageAskerParts;
  readonly #task: LatestTask;
  readonly #comparison: UsageComparison;
  /** Asks about held keys as soon as the request budget has room. */
  readonly #heldTimer: HeldKeysTimer;
  #postedProgress: { readonly done: number; readonly total: number | undefined } | undefined;

  constructor(parts: UsageAskerParts) {
    this.#parts = parts;
    const { panel, shown, post, redraw } = parts;
    this.#heldTimer = new HeldKeysTimer(panel, () => void this.#askHeld());
    this.#task = new LatestTask({
      onStart: () => {
        this.#postedProgress = undefined;
        this.#progress(0, undefined);
      },
      onError: message => post({ type: 'problem', message }),
      onEnd: () => post({ type: 'idle' }),
    });
    this.#comparison = new UsageComparison({
      shown,
      task: this.#task,
      askPrevious: (...asked) => panel.ask(...asked),
      now: () => panel.now(),
      progress: this.#progress,
      redraw,
      onAnswer: () => this.waitForHeld(),
    });
  }

  get isBusy(): boolean {
    return this.#task.isBusy;
  }

  /** When held keys are asked about next, epoch milliseconds; undefined when none is held. */
  get heldUntil(): number | undefined {
    return this.#heldTimer.until;
  }

  /** Takes an answer that was asked for elsewhere, in place of what is being asked. */
  takeAnswer(question: UsageQuestion, answers: UsageAnswers): void {
    this.#task.abort();
    this.#parts.shown.preset = presetOf(question, this.#parts.panel.now());
    this.#setAnswer({ question, ...answers });
  }

  /** Asks for the period before, if the comparison is on. */
  askPrevious(options: AskOptions): void {
    if (this.#parts.shown.comparing) void this.#task.run(signal => this.#comparison.ask(signal, options));
  }

  /** Switches the comparison with the period before on or off. */
  compare(on: boolean): void {
    this.#comparison.toggle(on);
  }

  /** Asks for what is shown once more. */
  askAgain(): void {
    const { answer, preset } = this.#parts.shown;
    this.#askRange(answer?.question, preset);
  }

  askPreset(preset: RangePreset): void {
    this.#askByPerson(presetEnds(preset, this.#parts.panel.now()), preset);
  }

  askRange(ends: RangeEnds): void {
    this.#askByPerson(ends, undefined);
  }

  /** Shows other keys in the same range. Only those are asked about whose figures are not known yet. */
  chooseKeys(wanted: readonly string[]): void {
    const { panel, shown, redraw } = this.#parts;
    const { answer } = shown;
    const all = panel.keysToChoose().map(({ id }) => id);
    const keyIds = all.filter(id => wanted.includes(id));
    if (!answer || keyIds.length === 0) return;
    const options = forOneKey({ ...answer.question, keyIds });
    void this.#task.run(async signal => {
      const unknown = shown.unknownOf(keyIds, panel.now());
      const question = { ...answer.question, keyIds: unknown };
      const added =
        unknown.length === 0
          ? undefined
          : await panel.ask(question, this.#progress, signal, { ...options, isPart: true });
      signal.throwIfAborted();
      shown.chooseKeys(keyIds, keyIds.length === all.length, added, panel.now());
      this.waitForHeld();
      redraw();
      await this.#comparison.askForMore(signal, keyIds, options);
    });
  }

  /** Asks about the held keys beyond the request budget, after a person has confirmed it. */
  async askNow(): Promise<void> {
    const { panel, shown, post } = this.#parts;
    shown.dropRemovedKeys();
    const keyIds = [...new Set(shown.held.map(({ keyId }) => keyId))];
    try {
      if (keyIds.length === 0 || !(await panel.mayAskNow(keyIds))) return;
    } catch (error) {
      post({ type: 'problem', message: errorMessage(error) });
      return;
    }
    const question = shown.answer?.question;
    await this.#askHeldKeys({ beyondBudget: true, ...(question && forOneKey(question)) });
  }

  /** Starts to wait until the keys that are held by now may be asked. */
  waitForHeld(): void {
    this.#heldTimer.start(this.#parts.shown.held);
  }

  /** Asks about held keys no more, and lets polls have the room that was left for them. */
  stopWaiting(): void {
    const { panel, shown, redraw } = this.#parts;
    this.#heldTimer.stop();
    panel.stopWaiting(shown.held.map(({ keyId }) => keyId));
    redraw();
  }

  /** Aborts the running request. */
  cancel(): void {
    this.#task.abort();
  }

  dispose(): void {
    this.#task.abort();
    this.#heldTimer.stop();
  }

  #askByPerson(ends: RangeEnds, preset: RangePreset | undefined): void {
    const question = this.#parts.shown.answer?.question;
    this.#askRange(ends, preset, question && forOneKey(question));
  }

  #askRange(ends: RangeEnds | undefined, preset: RangePreset | undefined, options: AskOptions = {}): void {
    const { panel, shown, redraw } = this.#parts;
    shown.dropRemovedKeys();
    const { answer } = shown;
    if (!answer || !ends) return;
    const question = { keyIds: answer.question.keyIds, from: ends.from, to: ends.to };
    void this.#task.run(async signal => {
      const answers = await panel.ask(question, this.#progress, signal, options);
      signal.throwIfAborted();
      shown.preset = preset ?? presetOf(question, panel.now());
      this.#setAnswer({ question, ...answers });
      redraw();
      await this.#comparison.ask(signal, options);
    });
  }

  /** Posts progress that is new: each of many keys begins with 0 rows, which the page needs to draw only once. */
  readonly #progress = (done: number, total: number | undefined) => {
    const before = this.#postedProgress;
    if (before?.done === done && before.total === total) return;
    this.#postedProgress = { done, total };
    this.#parts.post({ type: 'busy', done, total });
  };

  #setAnswer(answer: UsageAnswer): void {
    this.#parts.shown.setAnswer(answer);
    this.waitForHeld();
  }

  async #askHeld(): Promise<void> {
    // A person's request has priority; the timer starts again.
    if (this.#task.isBusy) {
      this.waitForHeld();
      return;
    }
    await this.#askHeldKeys();
  }

  /** Asks about the held keys of the range and of the previous period, and adds their reports to the shown ones. */
  async #askHeldKeys(options: AskOptions = {}): Promise<void> {
    const { panel, shown, redraw } = this.#parts;
    shown.dropRemovedKeys();
    if (shown.held.length === 0) {
      redraw();
      return;
    }
    await this.#task.run(async signal => {
      const held = [
        { question: shown.heldQuestion, add: (answers: UsageAnswers) => shown.addAnswers(answers) },
        {
          question: shown.heldPreviousQuestion,
          add: (answers: UsageAnswers) => shown.addPreviousAnswers(answers),
        },
      ];
      for (const { question, add } of held) {
        if (!question) continue;
        const answers = await panel.ask(question, this.#progress, signal, { ...options, isPart: true });
        signal.throwIfAborted();
        add(answers);
        this.waitForHeld();
        redraw();
      }
    });
  }
}
