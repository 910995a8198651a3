import { type SeriesSlots, seriesIdsOf } from '../../core/panels/seriesSlots.ts';
import type { SavedUsagePanel, UsageAnswer, UsagePageMessage } from '../../core/panels/usageMessages.ts';
import { isoTime } from '../../core/time.ts';
import type { RangePreset } from '../../core/usage/rangePresets.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { UsageAnswers } from '../../services/usage/askKeys.ts';
import { displayZone } from '../../text/zoneName.ts';
import { answeredIds, DeselectedReports, partOf } from './deselectedReports.ts';
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
  /** The color slots of the answer that is shown. Found when they are first needed, since there may be many figures. */
  #slots: { readonly of: UsageAnswer; readonly slots: SeriesSlots } | undefined;
  readonly #parts: Pick<UsagePanelParts, 'slotsOf' | 'keysToChoose'>;
  readonly #deselected = new DeselectedReports();

  constructor(parts: Pick<UsagePanelParts, 'slotsOf' | 'keysToChoose'>) {
    this.#parts = parts;
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

  /** Which of some keys have no report on the range yet, neither on the screen nor kept from before. */
  unknownOf(keyIds: readonly string[], now: number): readonly string[] {
    if (!this.#answer) return keyIds;
    const deselected = this.#deselected.reportsFor({ ...this.#answer.question, keyIds }, now);
    const known = new Set([this.#answer, deselected].flatMap(each => (each ? answeredIds(each) : [])));
    return keyIds.filter(id => !known.has(id));
  }

  /** Shows these keys, of which `added` answers those that had no report. An empty question is about all keys. */
  chooseKeys(keyIds: readonly string[], isAll: boolean, added: UsageAnswers | undefined, now: number): void {
    const answer = this.#answer;
    if (!answer) return;
    const asked = isAll ? [] : keyIds;
    const question = { ...answer.question, keyIds: asked };
    const hidden = answeredIds(answer).filter(id => !keyIds.includes(id));
    const shown = answeredIds(answer);
    const deselected = this.#deselected.reportsFor(
      { ...question, keyIds: keyIds.filter(id => !shown.includes(id)) },
      now,
    );
    if (hidden.length > 0)
      this.#deselected.keepReports({ question: answer.question, ...partOf(answer, hidden) }, now);
    this.#answer = { question, ...partOf(answer, keyIds) };
    if (deselected) this.addAnswers(deselected);
    if (added) this.addAnswers(added);
    if (this.previous)
      this.previous = {
        question: { ...this.previous.question, keyIds: asked },
        ...partOf(this.previous, keyIds),
      };
  }

  /** Drops keys that were removed meanwhile, unless all of them were: there is nothing to wait for or to ask. */
  dropRemovedKeys(): void {
    const keyIds = this.#parts.keysToChoose().map(({ id }) => id);
    const rest = (answer: UsageAnswer | undefined) => answer && answerOn(answer, keyIds);
    this.#answer = rest(this.#answer);
    this.previous = rest(this.previous);
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
        waitsUntil: waitsUntil === undefined ? undefined : isoTime(waitsUntil),
        preset: this.preset && isStillPreset(this.preset, answer.question, now) ? this.preset : undefined,
        timeZone: displayZone(),
        slots: this.#slotsFor(answer),
        keys: this.#parts.keysToChoose(),
      }
    );
  }

  #slotsFor(answer: UsageAnswer): SeriesSlots {
    if (this.#slots?.of !== answer)
      this.#slots = { of: answer, slots: this.#parts.slotsOf(seriesIdsOf(answer.reports)) };
    return this.#slots.slots;
  }
}

/** The same answer with no other keys than these; as it is where it is about none of them, or no others. */
function answerOn(answer: UsageAnswer, keyIds: readonly string[]): UsageAnswer {
  const { question } = answer;
  const before = question.keyIds.length > 0 ? question.keyIds : answeredIds(answer);
  const rest = before.filter(id => keyIds.includes(id));
  if (rest.length === 0 || rest.length === before.length) return answer;
  return {
    question: { ...question, keyIds: question.keyIds.length > 0 ? rest : [] },
    ...partOf(answer, rest),
  };
}
