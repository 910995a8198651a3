import { type SeriesSlots, seriesIdsOf } from '../../core/panels/seriesSlots.ts';
import type { SavedUsagePanel, UsageAnswer, UsagePageMessage } from '../../core/panels/usageMessages.ts';
import type { RangePreset } from '../../core/usage/rangePresets.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';
import { displayZone } from '../../text/zoneName.ts';
import { heldQuestion, heldReports, mergeAnswers } from './heldKeys.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';
import { isStillPreset } from './usagePreset.ts';

/** What the usage panel shows: an answer, how it was asked for, and what it is compared with. */
export class ShownUsage {
  comparing = false;
  preset: RangePreset | undefined;
  previous: UsageAnswer | undefined;
  #answer: UsageAnswer | undefined;
  #mustAskAgain = false;
  /** Of the answer that is shown: found when it is first needed, since there may be many figures. */
  #slots: { readonly of: UsageAnswer; readonly slots: SeriesSlots } | undefined;
  readonly #slotsOf: UsagePanelParts['slotsOf'];

  constructor({ slotsOf }: Pick<UsagePanelParts, 'slotsOf'>) {
    this.#slotsOf = slotsOf;
  }

  get answer(): UsageAnswer | undefined {
    return this.#answer;
  }

  /** Whether the reports were too large to be saved over a reload, and have to be requested again. */
  get mustAskAgain(): boolean {
    return this.#mustAskAgain;
  }

  /** Reports of held keys, on the range and on the period before it. */
  get held(): readonly UsageReport[] {
    return [...heldReports(this.#answer), ...heldReports(this.previous)];
  }

  /** The question for the held keys of the range; undefined when none is held. */
  get heldQuestion(): UsageQuestion | undefined {
    return heldQuestion(this.#answer);
  }

  /** The same for the period before. */
  get heldPreviousQuestion(): UsageQuestion | undefined {
    return heldQuestion(this.previous);
  }

  /** Sets another answer, without a comparison. */
  setAnswer(answer: UsageAnswer): void {
    this.#answer = answer;
    this.previous = undefined;
    this.#mustAskAgain = false;
  }

  /** Sets what VS Code kept over a reload. */
  restore({ answer, previous, comparing, preset }: SavedUsagePanel): void {
    this.comparing = comparing;
    this.preset = preset;
    this.setAnswer({ ...answer, reports: answer.reports ?? [] });
    this.#mustAskAgain = answer.reports === undefined;
    if (previous?.reports) this.previous = { ...previous, reports: previous.reports };
  }

  /** Replaces the reports of some keys. */
  addAnswers(answers: UsageAnswers): void {
    if (this.#answer) this.#answer = mergeAnswers(this.#answer, answers);
  }

  /** Replaces the reports of some keys on the period before. */
  addPreviousAnswers(answers: UsageAnswers): void {
    if (this.previous) this.previous = mergeAnswers(this.previous, answers);
  }

  /** The whole message for the page at `now`; `waitsUntil` is when held keys are asked, epoch milliseconds. */
  message(now: number, waitsUntil: number | undefined): UsagePageMessage | undefined {
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
        slots: this.#slotsFor(answer),
      }
    );
  }

  #slotsFor(answer: UsageAnswer): SeriesSlots {
    if (this.#slots?.of !== answer)
      this.#slots = { of: answer, slots: this.#slotsOf(seriesIdsOf(answer.reports)) };
    return this.#slots.slots;
  }
}
