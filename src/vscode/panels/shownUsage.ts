import type { KeptUsage, ToUsagePage, UsageAnswer } from '../../core/panels/usageMessages.ts';
import type { RangePreset } from '../../core/usage/rangePresets.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';
import { displayZone } from '../../text/zoneName.ts';
import { filledIn, heldQuestion } from './heldKeys.ts';
import type { UsageQuestion } from './usagePanelTypes.ts';
import { isStillPreset } from './usagePreset.ts';

/** What the usage panel shows: an answer, how it was asked for, and what it is compared with. */
export class ShownUsage {
  comparing = false;
  preset: RangePreset | undefined;
  previous: UsageAnswer | undefined;
  #answer: UsageAnswer | undefined;
  #lacksReports = false;

  get answer(): UsageAnswer | undefined {
    return this.#answer;
  }

  /** Whether the answer's reports are still to be asked for, after a reload that did not keep them. */
  get lacksReports(): boolean {
    return this.#lacksReports;
  }

  /** The question about the keys that had no turn; undefined when all had one. */
  get heldQuestion(): UsageQuestion | undefined {
    return heldQuestion(this.#answer);
  }

  /** Shows another answer, with nothing to compare it with yet. */
  take(answer: UsageAnswer): void {
    this.#answer = answer;
    this.previous = undefined;
    this.#lacksReports = false;
  }

  /** Takes back what VS Code kept over a reload. */
  restore({ answer, previous, comparing, preset }: KeptUsage): void {
    this.comparing = comparing;
    this.preset = preset;
    this.take({ ...answer, reports: answer.reports ?? [] });
    this.#lacksReports = answer.reports === undefined;
    if (previous?.reports) this.previous = { ...previous, reports: previous.reports };
  }

  /** Puts answers about some of the keys in the place of what there was about them. */
  fillIn(answers: UsageAnswers): void {
    if (this.#answer) this.#answer = filledIn(this.#answer, answers);
  }

  /** All of it for the page, as it is `now`; `waitsUntil` is when keys without a turn are asked. */
  message(now: number, waitsUntil: number | undefined): ToUsagePage | undefined {
    const answer = this.#answer;
    return (
      answer && {
        type: 'show',
        answer,
        previous: this.previous,
        comparing: this.comparing,
        waitsUntil: waitsUntil === undefined ? undefined : new Date(waitsUntil).toISOString(),
        preset: this.preset && isStillPreset(this.preset, answer.question, now) ? this.preset : undefined,
        timeZone: displayZone(),
      }
    );
  }
}
