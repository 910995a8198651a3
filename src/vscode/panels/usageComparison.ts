import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import type { OneAtATime } from './oneAtATime.ts';
import type { ShownUsage } from './shownUsage.ts';
import type { UsagePanelParts, UsageProgress } from './usagePanelTypes.ts';

interface ComparisonParts {
  readonly shown: ShownUsage;
  readonly asking: OneAtATime;
  readonly ask: UsagePanelParts['ask'];
  readonly progress: UsageProgress;
  readonly now: () => number;
  readonly redraw: () => void;
}

/** Compares what the usage panel shows with the period before it, while a person wants that. */
export class UsageComparison {
  readonly #parts: ComparisonParts;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
  }

  /** Begins to compare, or ends it. */
  toggle(on: boolean): void {
    const { shown, asking, redraw } = this.#parts;
    shown.comparing = on;
    if (!on) shown.previous = undefined;
    redraw();
    if (on) void asking.run(signal => this.ask(signal)).then(() => this.#endWithoutAnswer());
  }

  /** Asks for the period before the one that is shown, if it is to be compared. */
  async ask(signal: AbortSignal): Promise<void> {
    const { shown, ask, progress, now, redraw } = this.#parts;
    const ends = shown.answer && previousPeriod(shown.answer.question, now());
    if (!shown.answer || !shown.comparing || !ends) return;
    const question = { ...shown.answer.question, ...ends };
    const answers = await ask(question, progress, signal);
    signal.throwIfAborted();
    shown.previous = { question, ...answers };
    redraw();
  }

  /** Nothing to compare with came back, so the panel does not go on claiming to compare. */
  #endWithoutAnswer(): void {
    const { shown, asking, redraw } = this.#parts;
    if (!shown.comparing || shown.previous || asking.isBusy) return;
    shown.comparing = false;
    redraw();
  }
}
