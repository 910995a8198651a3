import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import type { AskOptions } from '../../services/usage/askKeys.ts';
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

  /** Switches the comparison off when no answer came. */
  #endWithoutAnswer(): void {
    const { shown, task: asking, redraw } = this.#parts;
    if (!shown.comparing || shown.previous || asking.isBusy) return;
    shown.comparing = false;
    redraw();
  }
}
