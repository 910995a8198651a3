import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import type { AskOptions } from '../../services/usage/askKeys.ts';
import { answeredIds } from './deselectedReports.ts';
import { forOneKey } from './heldKeys.ts';
import type { LatestTask } from './oneAtATime.ts';
import type { ShownUsage } from './shownUsage.ts';
import type { UsagePanelParts, UsageProgress } from './usagePanelTypes.ts';

interface ComparisonParts {
  readonly shown: ShownUsage;
  readonly task: LatestTask;
  readonly askPrevious: UsagePanelParts['ask'];
  readonly progress: UsageProgress;
  readonly now: () => number;
  readonly redraw: () => void;
  /** Called when the answer for the previous period has arrived. */
  readonly onAnswer: () => void;
}

/** Compares the shown usage with the previous period, while that is switched on. */
export class UsageComparison {
  readonly #parts: ComparisonParts;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
  }

  /** Switches the comparison on or off. */
  toggle(on: boolean): void {
    const { shown, task: asking, redraw } = this.#parts;
    shown.comparing = on;
    if (!on) shown.previous = undefined;
    redraw();
    if (on)
      void asking
        .run(signal => this.ask(signal, shown.answer && forOneKey(shown.answer.question)))
        .then(() => this.#endWithoutAnswer());
  }

  /** Asks for the previous period, if the comparison is on. */
  async ask(signal: AbortSignal, options: AskOptions = {}): Promise<void> {
    const { shown, askPrevious: ask, progress, now, redraw, onAnswer } = this.#parts;
    const ends = shown.answer && previousPeriod(shown.answer.question, now());
    if (!shown.answer || !shown.comparing || !ends) return;
    const question = { ...shown.answer.question, ...ends };
    const answers = await ask(question, progress, signal, options);
    signal.throwIfAborted();
    shown.previous = { question, ...answers };
    onAnswer();
    redraw();
  }

  /** Asks for the previous period of keys that were chosen in addition. */
  async askForMore(signal: AbortSignal, keyIds: readonly string[], options: AskOptions = {}): Promise<void> {
    const { shown, askPrevious, progress, onAnswer, redraw } = this.#parts;
    const { previous } = shown;
    if (!shown.comparing) return;
    if (!previous) {
      await this.ask(signal, options);
      return;
    }
    const known = new Set(answeredIds(previous));
    const unknown = keyIds.filter(id => !known.has(id));
    if (unknown.length === 0) return;
    const question = { ...previous.question, keyIds: unknown };
    const answers = await askPrevious(question, progress, signal, { ...options, isPart: true });
    signal.throwIfAborted();
    shown.addPreviousAnswers(answers);
    onAnswer();
    redraw();
  }

  /** Switches the comparison off when no answer came. */
  #endWithoutAnswer(): void {
    const { shown, task: asking, redraw } = this.#parts;
    if (!shown.comparing || shown.previous || asking.isBusy) return;
    shown.comparing = false;
    redraw();
  }
}
